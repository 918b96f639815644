namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Reports files that are written or moved into a folder or its subfolders, and new folders (with a trailing slash). Ignores hidden names,
/// which are not blobs.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly string _root;
    private readonly Action<string?> _hint;

    /// <exception cref="IOException">The operating system's limit of watchers is reached.</exception>
    public FolderWatch(string root, string folder, Action<string?> hint)
    {
        (_root, _hint) = (root, hint);
        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
        };
        _watcher.Created += (_, change) => Notify(change.FullPath);
        _watcher.Changed += (_, change) => Notify(change.FullPath);
        _watcher.Renamed += (_, change) => Notify(change.FullPath);
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

    private void Notify(string path)
    {
        var name = Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');
        if (BlobName.IsHidden(name)) return;
        _hint(Directory.Exists(path) ? name + "/" : name);
    }
}
