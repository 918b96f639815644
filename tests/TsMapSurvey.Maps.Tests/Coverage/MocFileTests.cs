using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests.Coverage;

public sealed class MocFileTests
{
    private static readonly Moc Region = MocAscii.Parse("1/1-2,4 2/12-14,21,23,25 11/50331647");

    private static readonly SpaceTimeMoc Times = MocAscii.ParseSpaceTime("t61/1 3 5 s3/1-3 t61/50 52 s4/25");

    [Fact]
    public void A_region_is_read_again()
    {
        foreach (var moc in new[] { Region, Moc.Empty(7), Moc.WholeSky(0), Moc.OfCells([new HealpixCell(29, HealpixCell.Count(29) - 1)]) })
            Assert.Equal(moc, Read(Written(writer => MocFile.Write(writer, moc))));
    }

    [Fact]
    public void A_region_by_time_is_read_again()
    {
        foreach (var moc in new[] { Times, SpaceTimeMoc.Of([], 41, 9) })
        {
            using var file = FitsFile.Open(new MemoryStream(Written(writer => MocFile.Write(writer, moc))), "moc.fits");
            var found = MocFile.ReadSpaceTime(file);
            Assert.Equal(MocAscii.Format(moc), MocAscii.Format(found));
        }
    }

    [Fact]
    public void Ranges_of_order_29_are_read()
    {
        long[] numbers = [4503599627370496, 18014398509481984, 28147497671065600, 29273397577908224];
        foreach (var ordering in new[] { "RANGE", "RANGE29" })
            Assert.Equal(MocAscii.Parse("3/1-3 4/25"), Read(Table(numbers, ("ORDERING", ordering), ("MOCORDER", 4L))));
    }

    [Fact]
    public void A_file_of_the_first_version_is_read() =>
        Assert.Equal(MocAscii.Parse("0/0 1/5 3/"), Read(Table([4, 21], ("ORDERING", "NUNIQ"), ("MOCORDER", 3L), ("PIXTYPE", "HEALPIX"))));

    [Theory]
    [InlineData("NUNIQ", "MOCORDER", 30L, new long[] { 4 }, "MOCORDER 30, expected 0 to 29")]
    [InlineData("NUNIQ", "MOCORD_S", -1L, new long[] { 4 }, "MOCORD_S -1")]
    [InlineData("NUNIQ", "MOCORDER", 3L, new long[] { 3 }, "the number 3")]
    [InlineData("NUNIQ", "MOCORDER", 3L, new long[] { -7 }, "the number -7")]
    [InlineData("NUNIQ", "MOCORDER", 3L, new long[] { long.MaxValue }, "the number 9223372036854775807")]
    [InlineData("RANGE", "MOCORDER", 3L, new long[] { 1, 2, 3 }, "pairs")]
    [InlineData("RANGE", "MOCORDER", 3L, new long[] { 5, 4 }, "expected a range")]
    [InlineData("RANGE", "MOCORDER", 3L, new long[] { 0, long.MaxValue }, "expected a range")]
    [InlineData("RING", "MOCORDER", 3L, new long[] { 4 }, "ORDERING 'RING'")]
    public void A_wrong_table_is_refused(string ordering, string keyword, long order, long[] numbers, string message) =>
        Assert.Contains(message, Assert.Throws<MapException>(
            () => Read(Table(numbers, ("ORDERING", ordering), (keyword, order)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_frame_or_dimension_is_refused()
    {
        Assert.Contains("COORDSYS 'G'", Refusal(Table([4], ("ORDERING", "NUNIQ"), ("COORDSYS", "G"))), StringComparison.Ordinal);
        Assert.Contains("MOCDIM 'TIME.SPACE'", Refusal(Written(writer => MocFile.Write(writer, Times))), StringComparison.Ordinal);
        Assert.Contains("no table", Refusal(Written(writer => writer.WriteEmptyPrimary())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        var bytes = Written(writer => MocFile.Write(writer, Region));

        Assert.ThrowsAny<FitsException>(() => Read(bytes[..5780]));
    }

    [Fact]
    public void Aladins_validator_finds_no_error()
    {
        var java = Tools.Need("java", "apt-get install default-jre-headless");
        var aladin = Tools.Need("/usr/share/java/aladin.jar", "apt-get install aladin");
        using var folder = new TemporaryFolder();
        var contents = new (string Name, byte[] Bytes)[]
        {
            ("space.fits", Written(writer => MocFile.Write(writer, Region))),
            ("empty.fits", Written(writer => MocFile.Write(writer, Moc.Empty(7)))),
            ("time.fits", Written(writer => MocFile.Write(writer, Times))),
            ("space.txt", System.Text.Encoding.ASCII.GetBytes(MocAscii.Format(Region))),
        };
        foreach (var (name, bytes) in contents)
        {
            File.WriteAllBytes(folder.File(name), bytes);
            var result = Tools.Run(java, ["-cp", aladin, "cds.moc.misc.MocLint", folder.File(name)]);
            Assert.True(
                result.ExitCode == 0 && !result.Output.Contains("ERROR", StringComparison.Ordinal)
                    && !result.Output.Contains("WARNING", StringComparison.Ordinal)
                    && result.Output.Contains("STATUS", StringComparison.Ordinal),
                $"{name}: {result.Output}{result.Error}");
        }
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<MapException>(() => Read(bytes)).Message;

    private static Moc Read(byte[] bytes)
    {
        using var file = FitsFile.Open(new MemoryStream(bytes), "moc.fits");
        return MocFile.Read(file);
    }

    private static byte[] Table(long[] numbers, params (string Keyword, object Value)[] cards)
    {
        var header = new FitsHeader();
        foreach (var (keyword, value) in cards)
        {
            if (value is long number) header.Set(keyword, number);
            else header.Set(keyword, (string)value);
        }

        return Written(writer => writer.WriteTable("", [FitsTableColumn.Integers("PIXEL", numbers)], header));
    }

    private static byte[] Written(Action<FitsWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true)) write(writer);
        return content.ToArray();
    }
}
