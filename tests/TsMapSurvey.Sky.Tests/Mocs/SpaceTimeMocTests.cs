using System.Text;

namespace TsMapSurvey.Sky.Tests.Mocs;

public sealed class SpaceTimeMocTests
{
    // The example of the standard: IVOA MOC 2.0, section 4.3.2.
    private const string Example = "t61/1 3 5 s3/1-3 t61/50 52 s4/25";

    private static readonly Gen<(int First, int Length, HealpixCell[] Cells)[]> GenParts =
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 20], NaiveMoc.GenCells.Select(cells => cells.Take(4).ToArray())).Array[0, 8];

    [Fact]
    public void At_each_time_the_region_is_the_union_of_the_parts_of_that_time() => GenParts.ForSeeded(parts =>
    {
        var moc = SpaceTimeMoc.Of(parts.Select(Part), 61, 3);

        for (var time = 0; time < 90; time++)
        {
            var cells = parts.Where(part => time >= part.First && time < part.First + part.Length).SelectMany(part => part.Cells);
            Assert.Equal(Moc.OfCells(cells, 3), moc.At(time));
        }

        Assert.Equal(Moc.OfCells(parts.SelectMany(part => part.Cells), 3), moc.Space());
    });

    [Fact]
    public void Parts_are_in_order_of_time_and_differ_from_the_one_before() => GenParts.ForSeeded(parts =>
    {
        var own = SpaceTimeMoc.Of(parts.Select(Part), 61, 3).Parts;
        var times = own.SelectMany(part => part.Times).ToArray();

        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.First));
        Assert.All(own.Zip(own.Skip(1)), pair => Assert.NotEqual(pair.First.Space, pair.Second.Space));
    });

    [Fact]
    public void Text_and_json_give_the_coverage_again() => GenParts.ForSeeded(parts =>
    {
        var moc = SpaceTimeMoc.Of(parts.Select(Part), 61, 3);

        Same(moc, MocAscii.ParseSpaceTime(MocAscii.Format(moc)));
        Same(moc, MocJson.ParseSpaceTime(MocJson.Format(moc)));
    });

    [Fact]
    public void The_standards_example_is_read()
    {
        var moc = MocAscii.ParseSpaceTime(Example);

        Assert.Equal((61, 4), (moc.TimeOrder, moc.SpaceOrder));
        Assert.Equal([new CellRange(1, 2), new CellRange(3, 4), new CellRange(5, 6)], moc.Parts[0].Times);
        Assert.Equal([new CellRange(4503599627370496, 18014398509481984)], moc.Parts[0].Space.Ranges);
        Assert.Equal([new HealpixCell(4, 25)], moc.At(52).Cells());
        Same(moc, MocJson.ParseSpaceTime("""[{"t":{"61":[1,3,5]},"s":{"3":[1,2,3]}},{"t":{"61":[50,52]},"s":{"4":[25]}}]"""u8));
    }

    [Fact]
    public void Times_are_extended_to_cells_of_their_order()
    {
        var moc = SpaceTimeMoc.Of([new SpaceTimePart([new CellRange(5, 9)], Moc.WholeSky(0))], 59, 0);

        Assert.Equal([new CellRange(4, 12)], moc.Parts.Single().Times);
    }

    [Fact]
    public void Many_parts_of_a_year_are_merged()
    {
        var parts = Enumerable.Range(0, 20_000).Select(i =>
            new SpaceTimePart([new CellRange(1000L * i, 1000L * i + 1500)], Moc.OfCells([new HealpixCell(9, i % 1000)])));

        var moc = SpaceTimeMoc.Of(parts, 61, 9);

        Assert.Equal(2, moc.At(1_000_200).Cells().Count());
        Assert.Equal(39_999, moc.Parts.Length);
    }

    [Theory]
    [InlineData("", "times (t) and cells (s) in turn")]
    [InlineData("t61/1", "in turn")]
    [InlineData("s1/1 t61/1", "in turn")]
    [InlineData("1/1", "in turn")]
    [InlineData("t62/1 s1/1", "order 62, expected 0 to 61")]
    [InlineData("t61/9223372036854775807 s1/1", "cell 9223372036854775807")]
    public void Wrong_text_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<SkyException>(() => MocAscii.ParseSpaceTime(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("[{\"x\":{}}]")]
    [InlineData("[{\"t\":[]}]")]
    [InlineData("[1]")]
    [InlineData("[{\"t\":{\"61\":[1]},\"s\":{\"1\":[1]}}")]
    public void Wrong_json_is_refused(string json) =>
        Assert.Throws<SkyException>(() => MocJson.ParseSpaceTime(Encoding.UTF8.GetBytes(json)));

    private static SpaceTimePart Part((int First, int Length, HealpixCell[] Cells) part) =>
        new([new CellRange(part.First, part.First + part.Length)], Moc.OfCells(part.Cells, 3));

    private static void Same(SpaceTimeMoc expected, SpaceTimeMoc found)
    {
        Assert.Equal((expected.TimeOrder, expected.SpaceOrder), (found.TimeOrder, found.SpaceOrder));
        Assert.Equal(expected.Parts.Select(part => part.Space), found.Parts.Select(part => part.Space));
        Assert.Equal(expected.Parts.SelectMany(part => part.Times), found.Parts.SelectMany(part => part.Times));
    }
}
