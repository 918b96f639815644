namespace TsMapSurvey.Fits.Tests;

public sealed class Reading_by_range
{
    private const int Pixels = 100_000;

    [Fact]
    public void Opening_reads_only_headers()
    {
        using var stream = new CountingStream(File());
        using var fits = FitsFile.Open(stream, "range.fits");
        Assert.Equal(4, fits.Hdus.Count);
        Assert.InRange(stream.BytesRead, 1, (4 * 2880) + 100);
        Assert.True(stream.Length > 1_000_000);
    }

    [Fact]
    public void Reading_consecutive_elements_reads_only_their_bytes()
    {
        using var stream = new CountingStream(File());
        using var fits = FitsFile.Open(stream, "range.fits");
        stream.BytesRead = 0;
        var values = new double[10];
        ((FitsImage)fits.Find("IMAGE")!).ReadDoubles(50_000, values);
        Assert.Equal(80, stream.BytesRead);
        Assert.Equal(Enumerable.Range(50_000, 10).Select(i => (double)i), values);
        stream.BytesRead = 0;
        ((FitsTable)fits.Find("WIDE")!).Find("B")!.ReadDoubles(7, values);
        Assert.Equal(80, stream.BytesRead);
        Assert.Equal(Enumerable.Range(7, 10).Select(i => i * 0.5), values);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(Pixels, 1)]
    [InlineData(Pixels - 1, 2)]
    [InlineData(long.MaxValue, 1)]
    public void Elements_outside_the_image_are_refused(long first, int count)
    {
        using var fits = FitsFile.Open(new MemoryStream(File()), "range.fits");
        var error = Assert.Throws<FitsException>(() => ((FitsImage)fits.Find("IMAGE")!).ReadDoubles(first, new double[count]));
        Assert.Equal(FitsError.ElementOutOfRange, error.Error);
    }

    [Fact]
    public void A_stream_that_cannot_seek_gives_the_same_values()
    {
        using var fits = FitsFile.Open(new CountingStream(File(), canSeek: false), "forward.fits");
        Assert.Equal(Enumerable.Range(0, Pixels).Select(i => (double)i), ((FitsImage)fits.Find("IMAGE")!).ReadDoubles());
    }

    [Fact]
    public void A_file_inside_a_stream_begins_at_the_current_position()
    {
        using var stream = new MemoryStream([.. new byte[777], .. File()]);
        stream.Position = 777;
        using var fits = FitsFile.Open(stream, "inside.fits");
        Assert.Equal(99_999, ((FitsImage)fits.Find("IMAGE")!).ReadSingles()[^1]);
        Assert.Equal(FitsChecksumStatus.Valid, fits.Hdus[1].VerifyChecksum());
    }

    [Fact]
    public void The_stream_is_closed_unless_leaveOpen_is_set_even_after_an_error()
    {
        var stream = new MemoryStream(File());
        FitsFile.Open(stream, "left.fits", leaveOpen: true).Dispose();
        Assert.True(stream.CanRead);
        FitsFile.Open(new MemoryStream(File()), "other.fits").Dispose();
        stream.Position = 5;
        Assert.Throws<FitsException>(() => FitsFile.Open(stream, "closed.fits"));
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void Many_threads_may_read_one_file()
    {
        using var fits = FitsFile.Open(new MemoryStream(File()), "threads.fits");
        var image = (FitsImage)fits.Find("IMAGE")!;
        Parallel.For(0, 64, i =>
        {
            var values = new double[500];
            image.ReadDoubles(i * 1000, values);
            Assert.Equal(i * 1000, values[0]);
            Assert.Equal((i * 1000) + 499, values[^1]);
        });
    }

    private static byte[] File()
    {
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true))
        {
            writer.WriteImage("IMAGE", [Pixels], [.. Enumerable.Range(0, Pixels).Select(i => (double)i)]);
            writer.WriteTable("WIDE", [FitsTableColumn.Singles("A", new float[Pixels], repeat: Pixels),
                FitsTableColumn.Doubles("B", [.. Enumerable.Range(0, Pixels).Select(i => i * 0.5)], repeat: Pixels)]);
            writer.WriteTable("LONG", [FitsTableColumn.Singles("A", new float[Pixels]),
                FitsTableColumn.Doubles("B", [.. Enumerable.Range(0, Pixels).Select(i => i * 0.5)])]);
        }

        return stream.ToArray();
    }
}
