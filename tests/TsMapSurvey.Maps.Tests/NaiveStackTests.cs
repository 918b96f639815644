using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests;

/// <summary>Compares every value of a stack with the naive reference.</summary>
public sealed class NaiveStackTests
{
    private static readonly PixelRegion[] Regions = [new(30, 15, 40, 30), new(20, 10, 40, 30), new(50, 25, 40, 30), new(0, 0, 40, 30)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_map_of_a_stack_agrees_with_the_formulas(bool edispMap) =>
        AssertIs([.. Regions.Select((region, i) => NaiveStack.Observation(i + 1, region, edispMap))]);

    [Fact]
    public void Every_map_of_a_stack_of_stacks_agrees_with_the_formulas()
    {
        var observations = Regions.Select((region, i) => NaiveStack.Observation(i + 1, region)).ToArray();
        var sum = Stack(observations[..1]);
        sum.Add(Stack(observations[1..3]));
        sum.Add(Stack(observations[3..]));
        AssertIs(sum, observations);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_fit_mask_of_either_observation_is_kept_also_in_stacks_of_stacks(int which)
    {
        MapDataset[] observations = [NaiveStack.Observation(1, Regions[0]), NaiveStack.Observation(2, Regions[1])];
        if (which < 2) observations[1 - which] = observations[1 - which] with { MaskFit = null };
        AssertIs(observations);
        var union = Stack(observations[..1]);
        union.Add(Stack(observations[1..]));
        AssertIs(union, observations);
        AssertIs(Restored(union), observations);
        Assert.Null(Stack([.. observations.Select(observation => observation with { MaskFit = null })]).ToDataset("s").MaskFit);
    }

    [Fact]
    public void A_fully_masked_observation_changes_only_the_number_of_observations()
    {
        var masked = NaiveStack.Observation(2, Regions[1]);
        Array.Clear(masked.MaskSafe!.Data);
        Array.Clear(masked.MaskFit!.Data);
        MapDataset[] observations = [NaiveStack.Observation(1, Regions[0]), masked];
        var (with, without) = (Stack(observations), Stack(observations[..1]));
        Assert.Equal((2, 170.0, 600.0), (with.ObservationCount, with.ToDataset("s").LiveTimeS, with.ToDataset("s").Gti!.TotalS));
        Assert.Equal((0, 0, 0.0),
            (with.DifferenceFrom(without).Counts, with.DifferenceFrom(without).Coverage, with.DifferenceFrom(without).LargestRelative));
        AssertIs(with, observations);
        var union = Stack(observations[..1]);
        union.Add(Stack(observations[1..]));
        Assert.Equal((0, 0.0), (union.DifferenceFrom(with).Observations, union.DifferenceFrom(with).LargestRelative));
    }

    [Fact]
    public void An_observation_safe_in_a_single_bin_of_a_single_pixel_counts_there_and_with_its_time()
    {
        var observation = NaiveStack.Observation(3, Regions[0]);
        Array.Clear(observation.MaskSafe!.Data);
        observation.MaskSafe.Plane(2)[15 * 40 + 20] = true;
        AssertIs(observation);
        Assert.Equal((370.0, 600.0), (Stack([observation]).ToDataset("s").LiveTimeS, Stack([observation]).ToDataset("s").Gti!.TotalS));
    }

    [Fact]
    public void Nan_and_infinite_values_add_nothing()
    {
        var observation = NaiveStack.Observation(1, Regions[0]);
        var clean = NaiveStack.Observation(1, Regions[0]);
        foreach (var (map, zero) in new[] { (observation.Counts!, clean.Counts!), (observation.Background!, clean.Background!), (
            observation.Exposure!, clean.Exposure!), (observation.Psf!.Density, clean.Psf!.Density),
            (observation.Edisp!.Data, clean.Edisp!.Data) })
            for (var i = 0; i < map.Data.Length; i += 7) (map.Data[i], zero.Data[i]) =
                (i % 2 == 0 ? double.NaN : double.PositiveInfinity, 0);
        AssertIs(Stack([observation]), [clean]);
    }

    [Theory]
    [InlineData("counts", "")]
    [InlineData("safe", "")]
    [InlineData("fit", "")]
    [InlineData("background", "background")]
    [InlineData("exposure", "exposure")]
    [InlineData("psf", "PSF")]
    [InlineData("psf exposure", "PSF exposure")]
    [InlineData("edisp", "EDISP")]
    [InlineData("edisp exposure", "EDISP exposure")]
    [InlineData("live time", "live time")]
    [InlineData("intervals", "time intervals")]
    public void A_single_change_of_a_stack_is_found_as_its_difference(string changed, string where)
    {
        var observation = NaiveStack.Observation(1, Regions[0]);
        // Inside the mask, in the middle of the image; pixel (6, 4) of the IRF maps lies there.
        const int Pixel = 15 * 40 + 20, IrfPixel = 4 * 12 + 6;
        Map<double> Other(Map<double> map, int pixel)
        {
            var copy = map with { Data = [.. map.Data] };
            copy.Data[pixel] = 2 * copy.Data[pixel] + 1;
            return copy;
        }

        Map<bool> Flipped(Map<bool> map) => map with { Data = [.. map.Data.Select((value, i) => value != (i == Pixel))] };
        var other = changed switch
        {
            "counts" => observation with { Counts = Other(observation.Counts!, Pixel) },
            "safe" => observation with { MaskSafe = Flipped(observation.MaskSafe!) },
            "fit" => observation with { MaskFit = Flipped(observation.MaskFit!) },
            "background" => observation with { Background = Other(observation.Background!, Pixel) },
            "exposure" => observation with { Exposure = Other(observation.Exposure!, Pixel) },
            "psf" => observation with { Psf = observation.Psf! with { Density = Other(observation.Psf.Density, IrfPixel) } },
            "psf exposure" => observation with
            {
                Psf = observation.Psf! with
                {
                    Exposure = Other(observation.Psf.Exposure!, IrfPixel),
                    Density = Emptied(observation.Psf.Density, IrfPixel)
                }
            },
            "edisp" => observation with { Edisp = observation.Edisp! with { Data = Other(observation.Edisp.Data, IrfPixel) } },
            "edisp exposure" => observation with
            {
                Edisp = observation.Edisp! with
                {
                    Exposure =
                Other(observation.Edisp.Exposure!, IrfPixel),
                    Data = Emptied(observation.Edisp.Data, IrfPixel)
                }
            },
            "live time" => observation with { LiveTimeS = 171 },
            _ => observation with { Gti = GoodTimeIntervals.Of([new TimeInterval(1000, 1601)]) },
        };
        var same = changed switch
        {
            "psf exposure" => observation with { Psf = observation.Psf! with { Density = Emptied(observation.Psf.Density, IrfPixel) } },
            "edisp exposure" => observation with { Edisp = observation.Edisp! with { Data = Emptied(observation.Edisp.Data, IrfPixel) } },
            _ => observation,
        };
        var difference = Stack([other]).DifferenceFrom(Stack([same]));
        if (changed == "counts") Assert.Equal(1, difference.Counts);
        Assert.Equal(changed is "safe" or "fit" ? 1 : 0, difference.Coverage);
        if (where.Length > 0) Assert.Equal(where, difference.LargestIn);
        Assert.Equal((0, 0, 0.0), (Stack([same]).DifferenceFrom(Stack([same])).Counts, Stack([same])
            .DifferenceFrom(Stack([same])).Coverage, Stack([same]).DifferenceFrom(Stack([same])).LargestRelative));
    }

    [Fact]
    public void Overlapping_intervals_of_observations_count_once()
    {
        var (first, second) = (NaiveStack.Observation(1, Regions[0]),
            NaiveStack.Observation(2, Regions[1]) with { Gti = GoodTimeIntervals.Of([new TimeInterval(900, 1300)]) });
        foreach (var order in new[] { new[] { first, second }, [second, first] })
            Assert.Equal([new TimeInterval(900, 1600)], Stack(order).ToDataset("s").Gti!.Intervals);
        var union = Stack([first]);
        union.Add(Stack([second]));
        Assert.Equal(700, union.ToDataset("s").Gti!.TotalS);
    }

    /// <summary>Sets a pixel to zero in every plane, so that only its weight can make a difference.</summary>
    private static Map<double> Emptied(Map<double> map, int pixel) =>
        map with { Data = [.. map.Data.Select((value, i) => i % map.Geometry.PlaneLength == pixel ? 0 : value)] };

    private static DatasetStack Stack(MapDataset[] observations)
    {
        var stack = new DatasetStack(Samples.SurveyGrid, StackTemplate.Of(observations[0]));
        foreach (var observation in observations) stack.Add(observation);
        return stack;
    }

    private static DatasetStack Restored(DatasetStack stack)
    {
        using var checkpoint = new MemoryStream();
        stack.Write(checkpoint);
        checkpoint.Position = 0;
        return DatasetStack.Read(checkpoint, "checkpoint", Samples.SurveyGrid, StackTemplate.Of(NaiveStack.Observation(1, Regions[0])));
    }

    private static void AssertIs(params MapDataset[] observations) => AssertIs(Stack(observations), observations);

    private static void AssertIs(DatasetStack stack, MapDataset[] observations)
    {
        var found = stack.ToDataset("s");
        var naive = new NaiveStack(found, observations);
        Each(found.Counts!, (k, y, x) => naive.Counts(k, y, x));
        Each(found.Background!, (k, y, x) => naive.Background(k, y, x));
        Each(found.Exposure!, (j, y, x) => naive.Exposure(j, y, x));
        Each(found.MaskSafe!, (k, y, x) => naive.MaskSafe(k, y, x));
        if (observations.Any(observation => observation.MaskFit is not null)) Each(found.MaskFit!, (k, y, x) => naive.MaskFit(k, y, x));
        else Assert.Null(found.MaskFit);
        var (rads, firsts) = (Samples.Rad.BinCount, found.Edisp!.First.BinCount);
        Each(found.Psf!.Exposure!, (j, y, x) => naive.PsfExposure(j, y, x));
        Each(found.Psf.Density, (plane, y, x) => naive.Psf(plane / rads, plane % rads, y, x));
        Each(found.Edisp.Exposure!, (j, y, x) => naive.EdispExposure(j, y, x));
        Each(found.Edisp.Data, (plane, y, x) => naive.Edisp(plane / firsts, plane % firsts, y, x));
        Assert.Equal(naive.LiveTimeS, found.LiveTimeS);
        Assert.Equal(observations.Length, stack.ObservationCount);
    }

    private static void Each(Map<double> map, Func<int, int, int, double> expected)
    {
        for (var i = 0; i < map.Data.Length; i++)
        {
            var value = expected(i / map.Geometry.PlaneLength, i / map.Geometry.Width % map.Geometry.Height, i % map.Geometry.Width);
            Assert.True(Math.Abs(map.Data[i] - value) <= 1e-12 * Math.Abs(value), $"value {i}: {map.Data[i]}, expected {value}");
        }
    }

    private static void Each(Map<bool> map, Func<int, int, int, bool> expected)
    {
        for (var i = 0; i < map.Data.Length; i++)
            Assert.Equal(
                expected(i / map.Geometry.PlaneLength, i / map.Geometry.Width % map.Geometry.Height, i % map.Geometry.Width), map.Data[i]);
    }
}
