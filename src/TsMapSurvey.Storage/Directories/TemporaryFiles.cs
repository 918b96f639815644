namespace TsMapSurvey.Storage.Directories;

/// <summary>Files in the making. What a killed process left is swept away a day later; until then it is in nobody's way.</summary>
internal sealed class TemporaryFiles(string folder, TimeProvider time)
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);
    private int _swept;

    public TemporaryFile Create()
    {
        Directory.CreateDirectory(folder);
        if (Interlocked.Exchange(ref _swept, 1) == 0) Sweep();
        return new TemporaryFile(Path.Combine(folder, Guid.NewGuid().ToString("N")));
    }

    private void Sweep()
    {
        var oldest = time.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
            if (file.LastWriteTimeUtc < oldest) file.Delete();
    }
}

/// <summary>One file in the making; on dispose it is gone unless it was moved into its place.</summary>
internal sealed class TemporaryFile(string path) : IDisposable
{
    public string Path { get; } = path;

    public FileStream Stream { get; } = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);

    /// <summary>Gives the file its time, makes both durable and closes it; the ETag that it has then.</summary>
    public string Seal(DateTime lastWriteUtc)
    {
        Stream.Flush();
        File.SetLastWriteTimeUtc(Stream.SafeFileHandle, lastWriteUtc);
        Stream.Flush(flushToDisk: true);
        var eTag = FileVersion.ETag(File.GetLastWriteTimeUtc(Stream.SafeFileHandle), Stream.Length);
        Stream.Dispose();
        return eTag;
    }

    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(Path);
    }
}
