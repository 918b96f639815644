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
    public void A_gzip_file_reads_the_same_however_little_is_kept_in_memory(long inMemory)
    {
        using var fits = FitsFile.OpenInParts(Gzip(), FitsLimits.InParts with { MaxUnfoldedInMemory = inMemory });
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
    public void Unfolding_can_be_stopped_and_is_bounded()
    {
        var path = Gzip();
        Assert.Throws<OperationCanceledException>(() => FitsFile.OpenInParts(path, cancellationToken: new CancellationToken(true)));
        var failure = Assert.Throws<FitsException>(
            () => FitsFile.OpenInParts(path, FitsLimits.InParts with { MaxUnfoldedInMemory = 0, MaxDecompressedBytes = 1_000_000 }));
        Assert.Equal(FitsError.TooLarge, failure.Error);
    }

    /// <summary>
    /// Of this one file, by its own descriptor: those of other tests may be between their making and the loss of their names.
    /// </summary>
    [Fact]
    public void The_temporary_file_has_no_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "open files are listed by /proc");
        using var unfolded = new UnfoldedBytes(inMemory: 0);
        Assert.Null(unfolded.FileHandle);
        Assert.Equal(5, unfolded.Append(part => "bytes"u8.TryCopyTo(part) ? 5 : 0));
        var target = new FileInfo($"/proc/self/fd/{unfolded.FileHandle!.DangerousGetHandle()}").LinkTarget;
        Assert.Matches(@"tsmap-\w+\.tmp \(deleted\)$", target);
        var read = new byte[5];
        unfolded.Read(0, read);
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
