using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Mutual exclusion per blob among all processes on a folder: 256 lock files, one for each first byte of the name's hash, held open by
/// whoever writes. The operating system lets go of them when a process dies. A lock file also remembers the latest write time given out
/// under it, so that a blob deleted and written again never gets an old ETag, also when the clock goes back. All are made at once, empty,
/// while there is room: a delete on a full disk needs one.
/// </summary>
internal sealed class DirectoryLocks(string folder, TimeProvider time)
{
    // Waiting for the own process is a queue; only waiting for another process has to ask again.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> OwnProcess = new(StringComparer.Ordinal);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(5);
    private const int Stripes = 256;
    private volatile bool _hasPrepared;

    public async Task<HeldLock> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var stripe = SHA256.HashData(Encoding.UTF8.GetBytes(name))[0];
        var path = PathOf(stripe);
        var queue = OwnProcess.GetOrAdd(path, _ => new SemaphoreSlim(1, 1));
        await queue.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Prepare();
            while (true)
            {
                if (TryOpen(path) is { } file) return new HeldLock(file, queue, time);
                await Task.Delay(AskAgain, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            queue.Release();
            throw;
        }
    }

    private string PathOf(int stripe) => Path.Combine(folder, $"{stripe:x2}");

    /// <summary>What fails here is told, or found unnecessary, when the lock that is needed is opened.</summary>
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

    // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix; held elsewhere, it is EWOULDBLOCK (11, on macOS 35) or a sharing violation.
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

/// <summary>A lock that is held until dispose.</summary>
internal sealed class HeldLock(FileStream file, SemaphoreSlim queue, TimeProvider time) : IDisposable
{
    /// <summary>Now, but later than every time given out under this lock and than <paramref name="current"/>.</summary>
    public DateTime NextWriteTime(DateTime? current)
    {
        var ticks = Math.Max(time.GetUtcNow().UtcTicks, Math.Max(Latest() + 1, (current?.Ticks ?? 0) + 1));
        Remember(ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    /// <summary>Remembers the time of a version that goes away; false where the disk has no room for it.</summary>
    public bool TryNoteWritten(DateTime lastWriteUtc)
    {
        try
        {
            Remember(Math.Max(Latest(), lastWriteUtc.Ticks));
            return true;
        }
        catch (IOException e) when (StorageErrors.IsNoRoom(e))
        {
            return false;
        }
    }

    public void Dispose()
    {
        file.Dispose();
        queue.Release();
    }

    private long Latest()
    {
        Span<byte> bytes = stackalloc byte[8];
        if (RandomAccess.Read(file.SafeFileHandle, bytes, 0) != 8) return 0;
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return ticks is > 0 and < MaxTicks ? ticks : 0;
    }

    private void Remember(long ticks)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, ticks);
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
    }

    // The year 9000: what a damaged file says beyond it is no time.
    private const long MaxTicks = 2_839_883_328_000_000_000;
}
