namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Flushes folders for concurrent writers. A caller that arrives during a flush waits for the next one, since the current flush may have
/// started before the caller's rename. One flush serves all callers that wait for it.
/// </summary>
internal sealed class FolderFlushes(Disk disk)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Flushing> _flushing = new(StringComparer.Ordinal);

    /// <summary>Completes when a flush that started after this call has ended.</summary>
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
