using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Maps.Tests;

/// <summary>Good time intervals in any order, overlapping, empty, and invalid.</summary>
public sealed class GoodTimeTests
{
    /// <summary>START and STOP of the rows, and the resulting intervals.</summary>
    public static TheoryData<string, double[], double[]> Sound => new()
    {
        { "one", [0, 600], [0, 600] },
        { "apart", [0, 600, 700, 900], [0, 600, 700, 900] },
        { "unsorted", [700, 900, 0, 600], [0, 600, 700, 900] },
        { "overlapping", [0, 600, 500, 1000], [0, 1000] },
        { "touching", [0, 600, 600, 1000], [0, 1000] },
        { "one inside the other", [0, 1000, 200, 300], [0, 1000] },
        { "a chain in the wrong order", [900, 1300, 0, 600, 500, 950], [0, 1300] },
        { "the same twice", [0, 600, 0, 600], [0, 600] },
        { "empty before, between and after", [-50, -50, 0, 600, 650, 650, 700, 900, 950, 950], [0, 600, 700, 900] },
        { "empty inside", [0, 600, 300, 300], [0, 600] },
        { "nothing but empty", [100, 100], [] },
        { "no rows", [], [] },
    };

    /// <summary>The 1-based number of the invalid row.</summary>
    public static TheoryData<string, double[], int> Wrong => new()
    {
        { "alone", [600, 0], 1 },
        { "after sound ones", [0, 600, 500, 1000, 2000, 1500], 3 },
        { "first", [2000, 1999.5, 0, 600], 1 },
        { "inside a sound one", [0, 1000, 300, 200], 2 },
        { "the first of two", [0, 600, 9, 8, 7, 6], 2 },
        { "no number", [0, 600, double.NaN, 700], 2 },
        { "no end", [0, 600, 700, double.PositiveInfinity], 2 },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Valid_intervals_have_the_right_sum_in_files_stacks_and_files_of_stacks(string name, double[] rows, double[] expected)
    {
        using var folder = new TemporaryFolder();
        var total = Intervals(expected).Sum(interval => interval.StopS - interval.StartS);
        var read = MapDatasetFile.Read(Write(folder.File("in.fits"), rows));
        Assert.True(Intervals(expected).SequenceEqual(read.Gti!.Intervals), name);
        Assert.Equal(total, read.Gti.TotalS);
        var stack = new DatasetStack(StackGeometry.Of(read));
        stack.Add(read);
        var sum = new DatasetStack(StackGeometry.Of(read));
        sum.Add(stack);
        MapDatasetFile.Write(folder.File("out.fits"), sum.ToDataset("stacked"));
        var stacked = MapDatasetFile.Read(folder.File("out.fits"));
        Assert.Equal(Intervals(expected), stacked.Gti!.Intervals);
        Assert.Equal((total, read.LiveTimeS), (stacked.Gti.TotalS, stacked.LiveTimeS));
        using var strips = MapDatasetFile.Open(folder.File("in.fits"));
        Assert.Equal(Intervals(expected), strips.Gti!.Intervals);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_interval_that_ends_before_it_begins_is_refused_by_file_and_row(string name, double[] rows, int row)
    {
        using var folder = new TemporaryFolder();
        var file = Write(folder.File("in.fits"), rows);
        foreach (var read in new Action[] { () => MapDatasetFile.Read(file), () => MapDatasetFile.Open(file).Dispose() })
        {
            var refused = Assert.Throws<MapException>(read);
            Assert.Equal(MapError.BadValues, refused.Error);
            Assert.StartsWith(file, refused.Message, StringComparison.Ordinal);
            Assert.True(
                refused.Message.Contains($"(GTI), row {row}: found START ", StringComparison.Ordinal), $"{name}: {refused.Message}");
        }
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void A_union_does_not_depend_on_the_order(string name, double[] rows, double[] expected)
    {
        var intervals = Intervals(rows);
        foreach (var order in new[] { intervals, [.. intervals.Reverse()], [.. intervals.OrderBy(interval => interval.StopS)] })
        {
            Assert.True(Intervals(expected).SequenceEqual(GoodTimeIntervals.Of(order).Intervals), name);
            var union = order.Aggregate(
                GoodTimeIntervals.Empty, (sum, interval) => GoodTimeIntervals.UnionOf([sum, GoodTimeIntervals.Of([interval])])!);
            Assert.Equal(Intervals(expected), union.Intervals);
        }
    }

    [Fact]
    public void Reversed_intervals_in_stored_stacks_and_maps_are_skipped()
    {
        Assert.Equal(
            1000, GoodTimeIntervals.Of([new(0, 600), new(500, 1000), new(2000, 1500), new(double.NaN, 5), new(5, double.NaN)]).TotalS);
        using var folder = new TemporaryFolder();
        using var file = FitsFile.Open(Write(folder.File("maps.fits"), [0, 600, 500, 1000, 2000, 1500]));
        Assert.Equal(1000, GtiTable.ReadForMaps(file, (FitsTable)file.Find("GTI")!).TotalS);
    }

    private static TimeInterval[] Intervals(double[] ends) => [.. ends.Chunk(2).Select(pair => new TimeInterval(pair[0], pair[1]))];

    private static string Write(string path, double[] rows)
    {
        var header = new FitsHeader();
        header.Set("MJDREFI", (long)TimeInterval.ReferenceMjd);
        header.Set("TIMESYS", "tt");
        FitsWriter.Write(path, writer =>
        {
            MapDatasetFile.Write(writer, Samples.Observation() with { Gti = null });
            writer.WriteTable("GTI", [FitsTableColumn.Doubles("START", [.. rows.Chunk(2).Select(pair => pair[0])], "s"),
                FitsTableColumn.Doubles("STOP", [.. rows.Chunk(2).Select(pair => pair[1])], "s")], header);
        });
        return path;
    }
}
