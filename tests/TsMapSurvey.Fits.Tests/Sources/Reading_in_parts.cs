namespace TsMapSurvey.Fits.Tests;

public sealed class Reading_in_parts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly double[] Values = [.. Enumerable.Range(0, 400_000).Select(i => Math.Sin(i) * i)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue)]
    public void A_gzip_file_reads_the_same_for_every_memory_limit(long inMemory)
    {
        using var fits = FitsFile.OpenInParts(Gzip(), FitsLimits.InParts with { MaxBytesInMemory = inMemory });
        var image = (FitsImage)fits.Find("B")!;
        Assert.Equal(Values, image.ReadDoubles());
        var part = new double[100_000];
        Parallel.For(0, 30, i =>
        {
            var run = new double[1000];
            image.ReadDoubles(i * 13_001, run);
            Assert.True(run.AsSpan().SequenceEqual(Values.AsSpan(i * 13_001, 1000)));
        });
        image.ReadDoubles(250_000, part);
        Assert.Equal(Values[250_000..350_000], part);
        Assert.Equal([1.0, 2], ((FitsImage)fits.Find("C")!).ReadDoubles());
    }

    [Fact]
    public void Decompression_can_be_cancelled_and_has_a_limit()
    {
        var path = Gzip();
        Assert.Throws<OperationCanceledException>(() => FitsFile.OpenInParts(path, cancellationToken: new CancellationToken(true)));
        var failure = Assert.Throws<FitsException>(
            () => FitsFile.OpenInParts(path, FitsLimits.InParts with { MaxBytesInMemory = 0, MaxDecompressedBytes = 1_000_000 }));
        Assert.Equal(FitsError.TooLarge, failure.Error);
    }

    /// <summary>
    /// Checks only the file of this buffer, by its descriptor: files of other tests may not have been deleted yet.
    /// </summary>
    [Fact]
    public void The_temporary_file_is_deleted_while_it_is_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "open files are listed by /proc");
        using var buffer = new SpillBuffer(inMemory: 0);
        Assert.Null(buffer.FileHandle);
        Assert.Equal(5, buffer.Append(part => "bytes"u8.TryCopyTo(part) ? 5 : 0));
        var target = new FileInfo($"/proc/self/fd/{buffer.FileHandle!.DangerousGetHandle()}").LinkTarget;
        Assert.Matches(@"tsmap-\w+\.tmp \(deleted\)$", target);
        var read = new byte[5];
        buffer.Read(0, read);
        Assert.Equal("bytes"u8, read);
    }

    public void Dispose() => _folder.Dispose();

    private string Gzip()
    {
        var path = _folder.File("parts.fits.gz");
        FitsWriter.Write(path, writer =>
        {
            writer.WriteImage("A", [1000], new double[1000]);
            writer.WriteImage("B", [400_000], Values);
            writer.WriteImage("C", [2], [1.0, 2]);
        });
        return path;
    }
}
