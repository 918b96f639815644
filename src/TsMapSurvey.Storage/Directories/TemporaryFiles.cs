using System.Diagnostics.CodeAnalysis;

namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Temporary files, in a folder of this object's own whose owner file stays locked while the process lives. The operating system releases
/// the lock of a killed process, so other processes recognise its files and delete them when they start, and whenever the disk is full.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "the lock is held as long as the process lives")]
internal sealed class TemporaryFiles(string folder, TimeProvider time, Disk disk)
{
    private const string OwnerFile = "owner";

    // Longer than any write takes. Until then a file or folder without an owner file may still be in use.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);
    private readonly Lock _lock = new();
    private FileStream? _owner;

    public TemporaryFile Create()
    {
        var own = GetOwnFolder();
        Directory.CreateDirectory(own);
        return new TemporaryFile(Path.Combine(own, Guid.NewGuid().ToString("N")), disk);
    }

    private string GetOwnFolder()
    {
        lock (_lock)
        {
            if (_owner is null)
            {
                Sweep();
                _owner = CreateOwnFolder(Path.Combine(folder, Guid.NewGuid().ToString("N")));
            }

            return Path.GetDirectoryName(_owner.Name)!;
        }
    }

    private static FileStream CreateOwnFolder(string own)
    {
        Directory.CreateDirectory(own);
        try
        {
            // A sweep may delete the new folder before the file is locked; the next write then creates another folder.
            return new FileStream(Path.Combine(own, OwnerFile), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch
        {
            Directory.Delete(own);
            throw;
        }
    }

    /// <summary>Deletes files of ended processes; needs no free space. A file that cannot be deleted only wastes space.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(folder)) return;
        var own = Path.GetDirectoryName(_owner?.Name);
        var oldest = time.GetUtcNow().UtcDateTime - AbandonedAfter;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            try
            {
                if (entry is DirectoryInfo other && other.FullName != own && IsAbandoned(other, oldest)) other.Delete(recursive: true);
                else if (entry is FileInfo && entry.LastWriteTimeUtc < oldest) entry.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    private static bool IsAbandoned(DirectoryInfo folder, DateTime oldest)
    {
        var owner = Path.Combine(folder.FullName, OwnerFile);
        if (!File.Exists(owner)) return folder.LastWriteTimeUtc < oldest;
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Unix, which fails while the owner lives.
            using var unlocked = new FileStream(owner, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>A temporary file. Dispose deletes it unless it was moved into place.</summary>
internal sealed class TemporaryFile(string path, Disk disk) : IDisposable
{
    public string Path { get; } = path;

    public FileStream Stream { get; } = disk.Create(path);

    /// <summary>Sets the file's write time, flushes everything to disk and closes the file. Returns its ETag.</summary>
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
    /// Closing writes the rest of the buffer, which fails on a full disk. That does not matter for a file that is deleted.
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
