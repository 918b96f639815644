namespace TsMapSurvey.Fits.Tests;

public sealed class Copying_HDUs
{
    [Fact]
    public void An_extension_is_copied_byte_by_byte_with_its_checksum()
    {
        var numbers = Enumerable.Range(0, 100_000).Select(i => (long)i).ToArray();
        var (first, second) = (
            Written(writer =>
            {
                writer.WriteImage("SMALL", [3], [1.0, 2, 3]);
                writer.WriteTable("LONG", [FitsTableColumn.Integers("N", numbers)], new FitsHeader().Set("KEY", "kept"));
            }),
            Written(writer => writer.WriteTable("OTHER", [FitsTableColumn.Strings("S", ["a", "bc"])])));
        byte[] copy;
        using (var one = FitsFile.Open(new MemoryStream(first), "one"))
        using (var other = FitsFile.Open(new MemoryStream(second), "other"))
            copy = Written(writer =>
            {
                writer.WriteCopy(one.Find("LONG")!);
                writer.WriteCopy(other.Find("OTHER")!);
                writer.WriteCopy(one.Find("SMALL")!);
            });

        using var found = FitsFile.Open(new MemoryStream(copy), "copy");
        Assert.Equal(["PRIMARY", "LONG", "OTHER", "SMALL"], found.Hdus.Select(hdu => hdu.Name));
        Assert.All(found.Hdus, hdu => Assert.Equal(FitsChecksumStatus.Valid, hdu.VerifyChecksum()));
        Assert.Equal("kept", found.Find("LONG")!.Header.GetString("KEY"));
        Assert.Equal(numbers, ((FitsTable)found.Find("LONG")!).Find("N")!.ReadIntegers());
        Assert.Equal(0, copy.Length % 2880);
        Assert.True(first.AsSpan().IndexOf(copy.AsSpan(2880, 2880)) > 0);
    }

    [Fact]
    public void A_primary_HDU_is_refused()
    {
        using var file = FitsFile.Open(new MemoryStream(Written(writer => writer.WriteEmptyPrimary())), "one");
        var refused = Assert.Throws<FitsException>(() => Written(writer => writer.WriteCopy(file.Hdus[0])));
        Assert.Equal(FitsError.NotWritable, refused.Error);
    }

    private static byte[] Written(Action<FitsWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true)) write(writer);
        return stream.ToArray();
    }
}
