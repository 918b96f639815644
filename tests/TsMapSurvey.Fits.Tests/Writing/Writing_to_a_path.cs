using System.IO.Compression;

namespace TsMapSurvey.Fits.Tests;

public sealed class Writing_to_a_path : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_file_appears_on_dispose_and_no_temporary_file_remains()
    {
        var path = _folder.File("map.fits");
        using (var writer = FitsWriter.Create(path))
        {
            writer.WriteImage("A", [2], [1.0, 2]);
            Assert.False(File.Exists(path));
        }

        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        using var fits = FitsFile.Open(path);
        Assert.Equal([1.0, 2], ((FitsImage)fits.Find("a")!).ReadDoubles());
    }

    [Fact]
    public void A_published_file_is_complete()
    {
        var path = _folder.File("bytes.bin");
        using var file = new AtomicFile(path);
        file.Stream.Write(new byte[1000]);
        Assert.False(File.Exists(path));
        file.Publish();
        Assert.Equal(1000, new FileInfo(path).Length);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_unchanged()
    {
        var path = _folder.File("map.fits");
        File.WriteAllText(path, "old");
        using (var writer = FitsWriter.Create(path))
        {
            writer.WriteImage("A", [2], [1.0, 2]);
            Assert.Throws<FitsException>(() => writer.WriteImage("B", [3], [1.0, 2]));
        }

        Assert.Throws<InvalidOperationException>(() => FitsWriter.Write(path, writer =>
        {
            writer.WriteImage("A", [2], [1.0, 2]);
            throw new InvalidOperationException("between two HDUs");
        }));
        FitsWriter.Create(path).Dispose();
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_path_that_ends_in_gz_is_gzip_without_a_timestamp()
    {
        var path = _folder.File("map.fits.gz");
        FitsWriter.Write(path, writer => writer.WriteImage(null, [1000], new double[1000]), CompressionLevel.Fastest);
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x1F, 0x8B, 8, 0, 0, 0, 0, 0], bytes[..8]);
        Assert.True(bytes.Length < 1000);
        using var fits = FitsFile.Open(path);
        Assert.Equal("PRIMARY", Assert.Single(fits.Hdus).Name);
        Assert.Equal(1000, ((FitsImage)fits.Hdus[0]).Count);
    }

    [Fact]
    public void A_completed_writer_refuses_further_writes()
    {
        using var writer = FitsWriter.Create(_folder.File("map.fits"));
        writer.WriteEmptyPrimary();
        writer.Complete();
        Assert.Throws<ObjectDisposedException>(() => writer.WriteImage("B", [1], [1.0]));
        Assert.True(File.Exists(_folder.File("map.fits")));
    }

    [Fact]
    public void The_memory_of_a_writer_does_not_grow_with_the_file()
    {
        var image = new float[250_000];
        using var writer = new FitsWriter(Stream.Null, gzip: true, level: CompressionLevel.Fastest);
        writer.WriteImage("WARM", [500, 500], image);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) writer.WriteImage($"MAP{i}", [500, 500], image);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * 300_000);
    }

    public void Dispose() => _folder.Dispose();
}
