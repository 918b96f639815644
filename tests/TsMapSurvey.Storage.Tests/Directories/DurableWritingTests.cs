using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

/// <summary>The state of a folder after a power failure at any moment.</summary>
public sealed class DurableWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WatchedDisk _disk;
    private readonly DirectoryBlobStore _store;

    public DurableWritingTests()
    {
        _disk = new WatchedDisk { State = _ => File.Exists(_folder.File("a", "blob")) ? ", the blob is there" : ", there is no blob" };
        _store = new DirectoryBlobStore(_folder.Path, new StorageOptions(), TimeProvider.System, _disk);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blobs_bytes_are_on_the_disk_before_it_has_its_name_and_the_name_is_before_the_write_is_answered(bool isStream)
    {
        var content = new byte[1000];
        if (isStream) await _store.WriteAsync("a/blob", new MemoryStream(content), WriteCondition.IfAbsent, null, Cancel);
        else await _store.WriteAsync("a/blob", content, WriteCondition.IfAbsent, Cancel);
        Assert.Equal(["a file of 1000 bytes, there is no blob", "the folder a, the blob is there"], _disk.Flushed);
    }

    [Fact]
    public async Task A_delete_is_on_the_disk_before_it_is_answered()
    {
        await _store.WriteAsync("a/blob", new byte[10], WriteCondition.IfAbsent, Cancel);
        _disk.Flushed.Clear();
        Assert.True(await _store.DeleteAsync("a/blob", WriteCondition.Always, Cancel));
        Assert.Equal(["the folder a, there is no blob"], _disk.Flushed);
    }

    [Fact]
    public async Task A_write_that_is_refused_flushes_no_folder()
    {
        await _store.WriteAsync("a/blob", new byte[10], WriteCondition.IfAbsent, Cancel);
        _disk.Flushed.Clear();
        Assert.False((await _store.WriteAsync("a/blob", new byte[20], WriteCondition.IfAbsent, Cancel)).Written);
        Assert.Empty(_disk.Flushed);
    }
}
