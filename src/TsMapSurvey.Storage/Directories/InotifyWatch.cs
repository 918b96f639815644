namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// A <see cref="FolderWatch"/> of Linux, which knows complete files: those that were renamed into the folder or within it. A file that is
/// written in place is reported when it is created and when it is closed, which need not be its end.
/// </summary>
internal sealed class InotifyWatch : IDisposable
{
    private const InotifyChanges OfFolder =
        InotifyChanges.Closed | InotifyChanges.MovedFrom | InotifyChanges.MovedTo | InotifyChanges.Created | InotifyChanges.OnlyFolders;

    private readonly string _root;
    private readonly string _top;
    private readonly Action<BlobHint> _hint;
    private readonly Inotify _inotify;
    private readonly Dictionary<int, string> _folders = [];
    private int _isStopped;

    /// <exception cref="IOException">The folder is missing, or a limit of the operating system is reached.</exception>
    public InotifyWatch(string root, string folder, Action<BlobHint> hint)
    {
        (_root, _top, _hint) = (root, folder, hint);
        _inotify = new Inotify();
        try
        {
            Add(folder);
            if (_folders.Count == 0) throw new DirectoryNotFoundException($"{folder} is not a folder that can be read");
        }
        catch
        {
            _inotify.Close();
            throw;
        }

        new Thread(Run) { IsBackground = true, Name = "folder watch" }.Start();
    }

    /// <summary>Does not wait for a notification that is being handled.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0) _inotify.Stop();
    }

    private void Run()
    {
        while (_inotify.Read() is { } events)
            foreach (var change in events)
                if (Volatile.Read(ref _isStopped) == 0) Handle(change);

        Dispose();
        _inotify.Close();
    }

    private void Handle(InotifyEvent change)
    {
        if (change.Changes.HasFlag(InotifyChanges.Overflow))
        {
            // New folders may be among what was lost.
            AddOrList(_top);
            _hint(default);
        }
        else if (change.Changes.HasFlag(InotifyChanges.Ignored)) _folders.Remove(change.Folder);
        else if (_folders.TryGetValue(change.Folder, out var folder) && change.Name.Length > 0 && change.Name[0] != '.')
            Handle(change.Changes, Path.Combine(folder, change.Name));
    }

    private void Handle(InotifyChanges changes, string path)
    {
        var (isFolder, isLeaving) = (changes.HasFlag(InotifyChanges.OfFolder), changes.HasFlag(InotifyChanges.MovedFrom));
        if (isFolder && isLeaving) Remove(path);
        else if (isFolder) AddOrList(path);
        if (isLeaving) return;
        var name = Path.GetRelativePath(_root, path);
        _hint(new BlobHint(isFolder ? name + "/" : name, changes.HasFlag(InotifyChanges.MovedTo)));
    }

    private void AddOrList(string folder)
    {
        try
        {
            Add(folder);
        }
        catch (IOException)
        {
            _hint(default);
        }
    }

    /// <summary>
    /// Watches a folder, then those in it: one that is created between the two steps is found by both. Links below the top are not
    /// followed, and hidden folders have no blobs.
    /// </summary>
    private void Add(string folder)
    {
        var follow = folder == _top ? InotifyChanges.None : InotifyChanges.NotThroughLinks;
        if (_inotify.Add(folder, OfFolder | follow) is not { } number) return;
        _folders[number] = folder;
        try
        {
            foreach (var below in Directory.EnumerateDirectories(folder))
                if (Path.GetFileName(below)[0] != '.') Add(below);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // It was deleted meanwhile, or only its names cannot be read.
        }
    }

    /// <summary>Ends watching a folder that was moved away, and those in it, whose paths are others now.</summary>
    private void Remove(string folder)
    {
        foreach (var (number, path) in _folders.ToArray())
        {
            if (path != folder && !path.StartsWith(folder + "/", StringComparison.Ordinal)) continue;
            _folders.Remove(number);
            _inotify.Remove(number);
        }
    }
}
