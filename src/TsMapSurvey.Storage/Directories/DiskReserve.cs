namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Room that uploads leave free, so that manifests and records can still be committed on a disk that has no room for more data. It is a
/// threshold and no file: every process of a store keeps it, and nothing has to be given back.
/// </summary>
internal sealed class DiskReserve(string root, Disk disk)
{
    /// <summary>Of a small file system, this part.</summary>
    private const int Part = 32;

    private const long MostBytes = 16 << 20;

    /// <exception cref="StorageException">Full.</exception>
    public void Check(string? blob)
    {
        if (disk.Room(root) is { } room && room.FreeBytes < long.Min(MostBytes, room.TotalBytes / Part))
            throw StorageErrors.Full(root, blob, null, room.FreeBytes);
    }
}
