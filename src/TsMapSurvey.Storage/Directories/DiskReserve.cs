namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Space that uploads leave free, so that manifests and records can still be committed when there is no space for more data. It is only a
/// threshold that every process checks; nothing is allocated.
/// </summary>
internal sealed class DiskReserve(string root, Disk disk)
{
    /// <summary>The reserve of a small file system is its size divided by this.</summary>
    private const int Fraction = 32;

    private const long MaxBytes = 16 << 20;

    /// <exception cref="StorageException">Full.</exception>
    public void Check(string? blob)
    {
        if (disk.Room(root) is { } room && room.FreeBytes < long.Min(MaxBytes, room.TotalBytes / Fraction))
            throw StorageErrors.Full(root, blob, null, room.FreeBytes);
    }
}
