namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Tells of files that are written, or moved, into a folder or one below it, and of folders that come, with a slash at the end. Hidden
/// ones
/// are no blobs.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly string _root;
    private readonly Action<string?> _hint;

    /// <exception cref="IOException">The operating system watches no more.</exception>
    public FolderWatch(string root, string folder, Action<string?> hint)
    {
        (_root, _hint) = (root, hint);
        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
        };
        _watcher.Created += (_, change) => Tell(change.FullPath);
        _watcher.Changed += (_, change) => Tell(change.FullPath);
        _watcher.Renamed += (_, change) => Tell(change.FullPath);
        _watcher.Error += (_, _) => _hint(null);
        try
        {
            _watcher.EnableRaisingEvents = true;
        }
        catch
        {
            _watcher.Dispose();
            throw;
        }
    }

    public void Dispose() => _watcher.Dispose();

    private void Tell(string path)
    {
        var name = Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');
        if (BlobName.IsHidden(name)) return;
        _hint(Directory.Exists(path) ? name + "/" : name);
    }
}
