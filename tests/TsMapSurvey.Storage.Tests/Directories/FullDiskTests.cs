using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

/// <summary>
/// Full and read-only disks: simulated by the operating system's errors, and as a small file system where the tests may mount one.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_that_finds_no_room_in_its_last_flush_leaves_no_file_behind(bool isStream)
    {
        var store = Open(_folder.Path, new BrokenDisk { Creating = path => new ChokedFile(path) });
        var full = await FailedAsync(() => isStream
            ? store.WriteAsync("a.fits", new MemoryStream(new byte[10]), WriteCondition.Always, null, Cancel)
            : store.WriteAsync("a.fits", new byte[10], WriteCondition.Always, Cancel));
        Assert.Equal((StorageError.Full, "a.fits", false), (full.Error, full.Blob, full.IsRetryable));
        Assert.Empty(InTheMaking(_folder.Path));
        Assert.Null(await store.FindAsync("a.fits", Cancel));
    }

    [Fact]
    public async Task Uploads_leave_room_for_records_and_deletes()
    {
        var room = new DiskRoom(long.MaxValue, long.MaxValue);
        var store = Open(_folder.Path, new BrokenDisk { Free = () => room });
        await store.WriteAsync("a.fits", new MemoryStream(new byte[10]), WriteCondition.Always, null, Cancel);
        room = new DiskRoom((16 << 20) - 1, long.MaxValue);
        var full = await FailedAsync(() => store.WriteAsync("b.fits", new MemoryStream(new byte[10]), WriteCondition.Always, null, Cancel));
        Assert.Equal(StorageError.Full, full.Error);
        Assert.Contains("the remaining 16383 KiB are reserved for records and deletions", full.Message, StringComparison.Ordinal);
        Assert.Equal(StorageError.Full, (await FailedAsync(() => store.CheckWritingAsync(Cancel))).Error);
        Assert.True((await store.WriteAsync("record.json", new byte[10], WriteCondition.Always, Cancel)).Written);
        Assert.True(await store.DeleteAsync("a.fits", WriteCondition.Always, Cancel));
        Assert.Empty(InTheMaking(_folder.Path));
        room = new DiskRoom(1 << 20, 32 << 20);
        Assert.True((await store.WriteAsync("b.fits", new MemoryStream(new byte[10]), WriteCondition.Always, null, Cancel)).Written);
        await store.CheckWritingAsync(Cancel);
    }

    [Fact]
    public async Task A_full_disk_has_what_killed_writers_left_swept_away_at_once()
    {
        var isFull = false;
        FileStream Create(string path) => isFull ? throw new IOException("full", NoSpace) : Disk.Default.Create(path);
        var store = Open(_folder.Path, new BrokenDisk { Creating = Create });
        await store.WriteAsync("a.fits", new byte[10], WriteCondition.Always, Cancel);
        var dead = Directory.CreateDirectory(_folder.File(DirectoryBlobStore.HiddenFolder, "new", "dead")).FullName;
        foreach (var name in new[] { "owner", "half" }) await File.WriteAllTextAsync(Path.Combine(dead, name), "x", Cancel);
        isFull = true;
        var full = await FailedAsync(() => store.WriteAsync("b.fits", new byte[10], WriteCondition.Always, Cancel));
        Assert.Equal(StorageError.Full, full.Error);
        Assert.False(Directory.Exists(dead));
    }

    [Fact]
    public async Task A_store_that_is_read_only_says_so_and_a_writable_one_keeps_nothing_of_the_try()
    {
        await Open(_folder.Path, new Disk()).CheckWritingAsync(Cancel);
        Assert.Empty(InTheMaking(_folder.Path));
        var store = Open(_folder.Path, new BrokenDisk { Creating = _ => throw new IOException("Read-only file system", ReadOnly) });
        var denied = await FailedAsync(() => store.CheckWritingAsync(Cancel));
        Assert.Equal(StorageError.Denied, denied.Error);
        Assert.Contains("Read-only file system", denied.Message, StringComparison.Ordinal);
        denied = await FailedAsync(() => store.WriteAsync("a.fits", new byte[10], WriteCondition.Always, Cancel));
        Assert.Equal(StorageError.Denied, denied.Error);
    }

    [Fact]
    public async Task On_a_file_system_that_is_really_full_records_are_written_blobs_are_deleted_and_there_is_room_again()
    {
        using var disk = SmallDisk.Mount(_folder.File("disk"), "size=2m");
        var store = Open(disk.Folder, Disk.Default);
        for (var i = 0; ; i++)
        {
            try
            {
                await store.WriteAsync($"{i}.fits", new MemoryStream(new byte[300_000]), WriteCondition.Always, null, Cancel);
            }
            catch (StorageException full)
            {
                Assert.Equal((StorageError.Full, true), (full.Error, i > 2));
                break;
            }
        }

        Assert.Empty(InTheMaking(disk.Folder));
        Assert.True((await store.WriteAsync("record.json", new byte[10_000], WriteCondition.Always, Cancel)).Written);
        // Another program fills the rest.
        Assert.Throws<IOException>(() => File.WriteAllBytes(Path.Combine(disk.Folder, "other"), new byte[2 << 20]));
        var refused = await FailedAsync(() => store.WriteAsync("record.json", new byte[10_000], WriteCondition.Always, Cancel));
        Assert.Equal(StorageError.Full, refused.Error);
        Assert.Empty(InTheMaking(disk.Folder));
        // Also by a process that starts only now.
        Assert.True(await Open(disk.Folder, Disk.Default).DeleteAsync("1.fits", WriteCondition.Always, Cancel));
        Assert.True((await store.WriteAsync("record.json", new byte[10_000], WriteCondition.Always, Cancel)).Written);
    }

    [Fact]
    public async Task On_a_file_system_that_is_mounted_read_only_writing_is_denied_and_reading_goes_on()
    {
        using var disk = SmallDisk.Mount(_folder.File("disk"), "size=2m");
        await File.WriteAllBytesAsync(Path.Combine(disk.Folder, "a.fits"), new byte[10], Cancel);
        disk.Remount("ro");
        var store = Open(disk.Folder, Disk.Default);
        foreach (var denied in new[]
                 {
                     await FailedAsync(() => store.CheckWritingAsync(Cancel)),
                     await FailedAsync(() => store.DeleteAsync("a.fits", WriteCondition.Always, Cancel)),
                     await FailedAsync(() => store.WriteAsync("folder/b.fits", new byte[10], WriteCondition.Always, Cancel)),
                 })
            Assert.Equal((StorageError.Denied, true), (denied.Error, denied.Message.Contains("Read-only", StringComparison.Ordinal)));
        Assert.Equal(10, (await store.ReadAsync("a.fits", Cancel))!.Bytes.Length);
    }

    private static DirectoryBlobStore Open(string folder, Disk disk) => new(folder, new StorageOptions(), TimeProvider.System, disk);

    private static Task<StorageException> FailedAsync(Func<Task> call) => Assert.ThrowsAsync<StorageException>(call);

    private static IEnumerable<string> InTheMaking(string store) =>
        Directory.GetFiles(Path.Combine(store, DirectoryBlobStore.HiddenFolder, "new"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "owner");

    private sealed class BrokenDisk : Disk
    {
        public Func<string, FileStream> Creating { get; init; } = Default.Create;

        public Func<DiskRoom> Free { get; init; } = () => new DiskRoom(long.MaxValue, long.MaxValue);

        public override DiskRoom? Room(string folder) => Free();

        public override FileStream Create(string path) => Creating(path);
    }

    /// <summary>
    /// Writes stay in the buffer, and both flush and close fail because there is no space.
    /// </summary>
    private sealed class ChokedFile(string path)
        : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous)
    {
        public override void Flush() => throw new IOException("No space left on device", NoSpace);

        public override void Flush(bool flushToDisk) => Flush();

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing) Flush();
        }
    }
}
