using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

public sealed class DirectoryBlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly DirectoryBlobStore _store;

    public DirectoryBlobStoreTests() => _store = Open();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Etags_are_new_even_when_the_clock_stands_still_goes_back_or_the_blob_was_deleted()
    {
        var seen = new HashSet<string?>();
        for (var i = 0; i < 5; i++)
        {
            Assert.True(seen.Add((await WriteAsync("x")).ETag));
            Assert.True(seen.Add((await WriteAsync("x")).ETag));
            Assert.True(await _store.DeleteAsync("x", WriteCondition.Always, Cancel));
            _clock.AdjustTime(_clock.GetUtcNow() - TimeSpan.FromHours(1));
        }

        Assert.True(seen.Add((await Open().WriteAsync("x", new byte[1], WriteCondition.Always, Cancel)).ETag));
    }

    [Fact]
    public async Task What_another_program_wrote_and_we_deleted_does_not_come_again_under_its_etag()
    {
        await File.WriteAllBytesAsync(_folder.File("x"), new byte[1], Cancel);
        File.SetLastWriteTimeUtc(_folder.File("x"), _clock.GetUtcNow().UtcDateTime);
        var before = (await _store.FindAsync("x", Cancel))!.ETag;
        Assert.True(await _store.DeleteAsync("x", WriteCondition.IfMatch(before), Cancel));
        // Written at the same time, with the same length.
        Assert.NotEqual(before, (await _store.WriteAsync("x", new byte[1], WriteCondition.IfAbsent, Cancel)).ETag);
    }

    [Fact]
    public async Task What_an_older_version_of_a_killed_writer_left_is_no_blob_and_is_swept_away_a_day_later()
    {
        await WriteAsync("x");
        var left = Path.Combine(_folder.Path, DirectoryBlobStore.HiddenFolder, "new", "left");
        await File.WriteAllTextAsync(left, "half", Cancel);
        Assert.Equal(["x"], await NamesAsync());
        await Open().WriteAsync("y", new byte[1], WriteCondition.Always, Cancel);
        Assert.True(File.Exists(left));
        _clock.Advance(TimeSpan.FromDays(1.1));
        await Open().WriteAsync("y", new byte[1], WriteCondition.Always, Cancel);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task A_file_in_the_making_is_left_alone_as_long_as_its_writer_lives_however_old_it_is()
    {
        var held = new HeldStream();
        var writing = _store.WriteAsync("x", held, WriteCondition.Always, null, Cancel);
        await held.Begun;
        _clock.Advance(TimeSpan.FromDays(3));
        var others = Enumerable.Range(0, 3).Select(_ => Open()).ToArray();
        foreach (var other in others) await other.WriteAsync("y", new byte[1], WriteCondition.Always, Cancel);
        held.Release();
        Assert.True((await writing).Written);
        Assert.Equal(HeldStream.Bytes, (await _store.ReadAsync("x", Cancel))!.Bytes.Length);
        GC.KeepAlive(others);
    }

    [Fact]
    public async Task A_failed_write_leaves_nothing()
    {
        using var broken = new BrokenStream();
        await Assert.ThrowsAsync<StorageException>(() => _store.WriteAsync("x", broken, WriteCondition.Always, null, Cancel));
        Assert.Null(await _store.FindAsync("x", Cancel));
        Assert.Equal("owner", Path.GetFileName(Assert.Single(
            Directory.GetFiles(Path.Combine(_folder.Path, DirectoryBlobStore.HiddenFolder, "new"), "*", SearchOption.AllDirectories))));
    }

    [Fact]
    public async Task Files_of_other_programs_are_blobs_and_hidden_ones_and_links_are_not()
    {
        File.WriteAllText(_folder.File("plain.fits"), "abc");
        File.WriteAllText(_folder.File(".plain.fits.swp"), "abc");
        Directory.CreateDirectory(_folder.File(".git"));
        File.WriteAllText(_folder.File(".git", "x"), "abc");
        Directory.CreateDirectory(_folder.File("empty"));
        File.CreateSymbolicLink(_folder.File("link.fits"), _folder.File("plain.fits"));
        Assert.Equal(["plain.fits"], await NamesAsync());
        foreach (var name in await NamesAsync())
            Assert.Equal((await _store.ReadAsync(name, Cancel))!.ETag, (await _store.FindAsync(name, Cancel))!.ETag);
        Assert.Null(await _store.ReadAsync("empty", Cancel));
        Assert.Null(await _store.FindAsync("empty", Cancel));
    }

    [Fact]
    public async Task A_file_that_grows_under_a_reader_is_noticed()
    {
        File.WriteAllText(_folder.File("x"), "abc");
        await using var stream = await _store.OpenReadAsync("x", null, Cancel);
        File.AppendAllText(_folder.File("x"), "def");
        var e = await Assert.ThrowsAsync<StorageException>(async () => await stream!.ReadExactlyAsync(new byte[3], Cancel));
        Assert.Equal(StorageError.Changed, e.Error);
    }

    [Fact]
    public async Task A_blob_cannot_be_a_folder_of_others_too()
    {
        await WriteAsync("a/b");
        await WriteAsync("c");
        foreach (var name in new[] { "a", "c/d", "c/d/e" })
        {
            var e = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(name));
            Assert.Equal((StorageError.InvalidName, name), (e.Error, e.Blob));
        }

        Assert.Equal(["a/b", "c"], await NamesAsync());
    }

    [Fact]
    public async Task A_folder_goes_with_its_last_blob_but_for_those_in_the_stores_own_folder()
    {
        foreach (var name in new[] { "compute/job/blocks/0", "compute/job/record", "observations/a" }) await WriteAsync(name);
        Directory.CreateDirectory(_folder.File("observations", "empty"));
        Assert.True(await _store.DeleteAsync("compute/job/blocks/0", WriteCondition.Always, Cancel));
        Assert.Equal(["record"], new DirectoryInfo(_folder.File("compute", "job")).EnumerateFileSystemInfos().Select(entry => entry.Name));
        Assert.True(await _store.DeleteAsync("compute/job/record", WriteCondition.Always, Cancel));
        Assert.True(await _store.DeleteAsync("observations/a", WriteCondition.Always, Cancel));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("compute")));
        Assert.True(Directory.Exists(_folder.File("observations", "empty")));
    }

    [Fact]
    public async Task Blobs_that_are_deleted_and_written_in_one_folder_at_the_same_time_do_not_harm_each_other()
    {
        const int Rounds = 200;
        var others = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await WriteAsync($"compute/job/{i}");
                Assert.True(await _store.DeleteAsync($"compute/job/{i}", WriteCondition.Always, Cancel));
            }
        })).ToArray();
        await Task.WhenAll(others);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("compute")));
    }

    private DirectoryBlobStore Open() => new(_folder.Path, new StorageOptions(), _clock);

    private Task<WriteResult> WriteAsync(string name) => _store.WriteAsync(name, new byte[1], WriteCondition.Always, Cancel);

    private async Task<string[]> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var entry in _store.ListAsync("", Cancel)) names.Add(entry.Name);
        return [.. names];
    }

    private sealed class BrokenStream : MemoryStream
    {
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun) throw new IOException("the disk went away");
            _begun = true;
            return ValueTask.FromResult(100);
        }
    }

    /// <summary>Stops in the middle until it is released.</summary>
    private sealed class HeldStream : MemoryStream
    {
        public const int Bytes = 1000;
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _read;

        public Task Begun => _begun.Task;

        public void Release() => _released.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read == Bytes) return 0;
            if (_read > 0)
            {
                _begun.TrySetResult();
                await _released.Task;
            }

            _read += Bytes / 2;
            return Bytes / 2;
        }
    }
}
