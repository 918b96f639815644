namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// The operating system's functions that a folder store needs, replaceable in tests: creating files, flushing files and folders to disk,
/// and reading the free space.
/// </summary>
internal class Disk
{
    public static Disk Default { get; } = new();

    public virtual FileStream Create(string path) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);

    /// <summary>Returns once the file's content and times survive a power failure.</summary>
    public virtual void FlushFile(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Returns once the names in the folder survive a power failure.</summary>
    public virtual void FlushFolder(string folder) => DurableFolder.Flush(folder);

    /// <summary>The space of the folder's file system; null if it is unknown.</summary>
    public virtual DiskRoom? Room(string folder)
    {
        try
        {
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
            return new DiskRoom(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>The bytes that this user may still write, and the size of the file system.</summary>
internal readonly record struct DiskRoom(long FreeBytes, long TotalBytes);
