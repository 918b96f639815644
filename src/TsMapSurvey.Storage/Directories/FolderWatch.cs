namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Reports files that are written or moved into a folder or its subfolders, and new folders (with a trailing slash). Ignores hidden names,
/// which are not blobs. A file that was renamed below the folder is complete; one moved there from elsewhere may be one that is created.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly string _root;
    private readonly Action<BlobHint> _hint;

    /// <exception cref="IOException">The operating system's limit of watchers is reached.</exception>
    public FolderWatch(string root, string folder, Action<BlobHint> hint)
    {
        (_root, _hint) = (root, hint);
        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
        };
        _watcher.Created += (_, change) => Notify(change.FullPath, isComplete: false);
        _watcher.Changed += (_, change) => Notify(change.FullPath, isComplete: false);
        _watcher.Renamed += (_, change) => Notify(change.FullPath, isComplete: true);
        _watcher.Error += (_, _) => _hint(default);
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

    /// <summary>Watches by what the operating system offers.</summary>
    /// <exception cref="IOException">The operating system's limit of watchers is reached.</exception>
    public static IDisposable Open(string root, string folder, Action<BlobHint> hint) =>
        OperatingSystem.IsLinux() ? new InotifyWatch(root, folder, hint) : new FolderWatch(root, folder, hint);

    public void Dispose() => _watcher.Dispose();

    private void Notify(string path, bool isComplete)
    {
        var name = Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');
        if (BlobName.IsHidden(name)) return;
        _hint(new BlobHint(Directory.Exists(path) ? name + "/" : name, isComplete));
    }
}
