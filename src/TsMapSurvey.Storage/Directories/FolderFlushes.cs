namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Flushes folders for many writers at a time. Who comes while a folder is being flushed waits for the next flush, which serves all who
/// came meanwhile: one that began before a rename may have missed it.
/// </summary>
internal sealed class FolderFlushes(Disk disk)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Flushing> _flushing = new(StringComparer.Ordinal);

    /// <summary>Ends when a flush has ended that began after the call.</summary>
    public Task FlushAsync(string folder)
    {
        lock (_lock)
        {
            if (_flushing.TryGetValue(folder, out var flushing)) return flushing.Next ??= new Task(() => Flush(folder));
            var first = new Task(() => Flush(folder));
            _flushing.Add(folder, new Flushing());
            first.Start(TaskScheduler.Default);
            return first;
        }
    }

    private void Flush(string folder)
    {
        try
        {
            disk.FlushFolder(folder);
        }
        finally
        {
            lock (_lock)
            {
                var flushing = _flushing[folder];
                if (flushing.Next is { } next) next.Start(TaskScheduler.Default);
                else _flushing.Remove(folder);
                flushing.Next = null;
            }
        }
    }

    private sealed class Flushing
    {
        public Task? Next { get; set; }
    }
}
