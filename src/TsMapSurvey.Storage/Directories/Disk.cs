namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// What a folder store asks of the operating system: new files, room for them, and that files and the names of folders get from memory
/// onto
/// the disk. Tests put another one in its place.
/// </summary>
internal class Disk
{
    public static Disk OfTheSystem { get; } = new();

    public virtual FileStream Create(string path) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);

    /// <summary>Ends when all that was written to the file, and its times, outlive a power cut.</summary>
    public virtual void FlushFile(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Ends when the names in the folder outlive a power cut.</summary>
    public virtual void FlushFolder(string folder) => DurableFolder.Flush(folder);

    /// <summary>Of the file system that a folder is on; null where it does not say.</summary>
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

/// <summary>What this user may still write, and the size of the whole.</summary>
internal readonly record struct DiskRoom(long FreeBytes, long TotalBytes);
