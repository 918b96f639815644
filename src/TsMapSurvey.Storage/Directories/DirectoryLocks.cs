using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Mutual exclusion per blob between all processes that use a folder. There are 256 lock files, one for each first byte of the name's
/// SHA-256; a writer holds its file open exclusively, and the operating system releases it when the process ends. A lock file also stores
/// the latest write time given out under it, so that a blob that is deleted and written again never gets an old ETag, even if the clock
/// goes back. All lock files are created empty in advance, since a delete on a full disk needs one.
/// </summary>
internal sealed class DirectoryLocks(string folder, TimeProvider time)
{
    // Writers of this process queue; only a lock held by another process must be polled.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> ProcessQueues = new(StringComparer.Ordinal);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);
    private const int Stripes = 256;
    private volatile bool _hasPrepared;

    public async Task<HeldLock> AcquireAsync(string name, CancellationToken cancellationToken)
    {
        var stripe = SHA256.HashData(Encoding.UTF8.GetBytes(name))[0];
        var path = PathOf(stripe);
        var queue = ProcessQueues.GetOrAdd(path, _ => new SemaphoreSlim(1, 1));
        await queue.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Prepare();
            while (true)
            {
                if (TryOpen(path) is { } file) return new HeldLock(file, queue, time);
                await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            queue.Release();
            throw;
        }
    }

    private string PathOf(int stripe) => Path.Combine(folder, $"{stripe:x2}");

    /// <summary>Errors are ignored here: opening the needed lock file reports them if they matter.</summary>
    private void Prepare()
    {
        Directory.CreateDirectory(folder);
        if (_hasPrepared) return;
        _hasPrepared = true;
        try
        {
            for (var stripe = 0; stripe < Stripes; stripe++)
                if (!File.Exists(PathOf(stripe)))
                    File.OpenHandle(PathOf(stripe), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix. A lock held elsewhere gives EWOULDBLOCK (11, on macOS 35), on Windows a sharing
    // violation.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021))
        {
            return null;
        }
    }
}

/// <summary>A lock that is released on dispose.</summary>
internal sealed class HeldLock(FileStream file, SemaphoreSlim queue, TimeProvider time) : IDisposable
{
    /// <summary>The current time, but later than <paramref name="current"/> and every time given out under this lock.</summary>
    public DateTime NextWriteTime(DateTime? current)
    {
        var ticks = Math.Max(time.GetUtcNow().UtcTicks, Math.Max(ReadLatest() + 1, (current?.Ticks ?? 0) + 1));
        StoreLatest(ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    /// <summary>Records the write time of a version that is about to be deleted. False if the disk is full.</summary>
    public bool TryRecordWriteTime(DateTime lastWriteUtc)
    {
        try
        {
            StoreLatest(Math.Max(ReadLatest(), lastWriteUtc.Ticks));
            return true;
        }
        catch (IOException e) when (StorageErrors.IsDiskFull(e))
        {
            return false;
        }
    }

    public void Dispose()
    {
        file.Dispose();
        queue.Release();
    }

    private long ReadLatest()
    {
        Span<byte> bytes = stackalloc byte[8];
        if (RandomAccess.Read(file.SafeFileHandle, bytes, 0) != 8) return 0;
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return ticks is > 0 and < MaxTicks ? ticks : 0;
    }

    private void StoreLatest(long ticks)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, ticks);
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
    }

    // The year 9000. A damaged lock file may hold any number; a later time is ignored.
    private const long MaxTicks = 2_839_883_328_000_000_000;
}
