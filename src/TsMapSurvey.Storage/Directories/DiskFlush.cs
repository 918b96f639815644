namespace TsMapSurvey.Storage.Directories;

/// <summary>How files and the names of folders get from the operating system's memory onto the disk. Tests put another one in its place and see when.</summary>
internal class DiskFlush
{
    public static DiskFlush OfTheSystem { get; } = new();

    /// <summary>Ends when all that was written to the file, and its times, outlive a power cut.</summary>
    public virtual void FlushFile(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Ends when the names in the folder outlive a power cut.</summary>
    public virtual void FlushFolder(string folder) => DurableFolder.Flush(folder);
}
