using System.Diagnostics.CodeAnalysis;

namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Files in the making, in a folder of this object's own with a file that it holds locked as long as its process lives. What a killed
/// process left is known by its lock, which the operating system has let go, and is deleted by whoever comes next, and whenever the disk
/// is full.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "the lock is held as long as the process lives")]
internal sealed class TemporaryFiles(string folder, TimeProvider time, Disk disk)
{
    private const string Owner = "owner";

    // Older than any write: what has no owner to ask may still be in the making until then.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);
    private readonly Lock _lock = new();
    private FileStream? _owner;

    public TemporaryFile Create()
    {
        var own = Own();
        Directory.CreateDirectory(own);
        return new TemporaryFile(Path.Combine(own, Guid.NewGuid().ToString("N")), disk);
    }

    private string Own()
    {
        lock (_lock)
        {
            if (_owner is null)
            {
                Sweep();
                _owner = Occupy(Path.Combine(folder, Guid.NewGuid().ToString("N")));
            }

            return Path.GetDirectoryName(_owner.Name)!;
        }
    }

    private static FileStream Occupy(string own)
    {
        Directory.CreateDirectory(own);
        try
        {
            // Locked before any sweeper can see that it is not: one that is faster takes the folder away, and the next write makes another.
            return new FileStream(Path.Combine(own, Owner), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch
        {
            Directory.Delete(own);
            throw;
        }
    }

    /// <summary>Deletes what nobody is making any more; needs no room. What cannot be deleted costs room and no more.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(folder)) return;
        var own = Path.GetDirectoryName(_owner?.Name);
        var oldest = time.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var left in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            try
            {
                if (left is DirectoryInfo of && of.FullName != own && IsDead(of, oldest)) of.Delete(recursive: true);
                else if (left is FileInfo && left.LastWriteTimeUtc < oldest) left.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    private static bool IsDead(DirectoryInfo of, DateTime oldest)
    {
        var owner = Path.Combine(of.FullName, Owner);
        if (!File.Exists(owner)) return of.LastWriteTimeUtc < oldest;
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix: it fails while the owner lives.
            using var mine = new FileStream(owner, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>One file in the making; on dispose it is gone unless it was moved into its place.</summary>
internal sealed class TemporaryFile(string path, Disk disk) : IDisposable
{
    public string Path { get; } = path;

    public FileStream Stream { get; } = disk.Create(path);

    /// <summary>Gives the file its time, makes both durable and closes it; the ETag that it has then.</summary>
    public string Seal(DateTime lastWriteUtc)
    {
        Stream.Flush();
        File.SetLastWriteTimeUtc(Stream.SafeFileHandle, lastWriteUtc);
        disk.FlushFile(Stream);
        var eTag = FileVersion.ETag(File.GetLastWriteTimeUtc(Stream.SafeFileHandle), Stream.Length);
        Stream.Dispose();
        return eTag;
    }

    /// <summary>
    /// Closing writes what is left in the buffer, which a full disk refuses: of a file that goes away that is no failure.
    /// </summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
        }
        finally
        {
            File.Delete(Path);
        }
    }
}
