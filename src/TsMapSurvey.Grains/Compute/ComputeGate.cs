using Microsoft.Extensions.Hosting;

namespace TsMapSurvey.Grains.Compute;

/// <summary>
/// Runs one computation per lane at a time in this process, with tiles' maps before jobs, and cancels all of them when the host stops.
/// </summary>
public sealed class ComputeGate(IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly SemaphoreSlim[] _lanes = [.. Enum.GetValues<ComputeLane>().Select(_ => new SemaphoreSlim(1, 1))];
    private readonly Lock _lock = new();
    private TaskCompletionSource _withoutTiles = Done();
    private int _tiles;

    /// <summary>Completed while no tile's map waits or is computed.</summary>
    public Task WithoutTiles
    {
        get
        {
            lock (_lock) return _withoutTiles.Task;
        }
    }

    /// <summary>Runs the work when its lane is free, on the caller's scheduler: the work itself must move computations off it.</summary>
    public async Task<T> RunAsync<T>(ComputeLane lane, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        if (lane == ComputeLane.Maps) CountTile(1);
        try
        {
            await _lanes[(int)lane].WaitAsync(linked.Token);
            try
            {
                if (lane == ComputeLane.Jobs) await WithoutTiles.WaitAsync(linked.Token);
                return await work(linked.Token);
            }
            finally
            {
                _lanes[(int)lane].Release();
            }
        }
        finally
        {
            if (lane == ComputeLane.Maps) CountTile(-1);
        }
    }

    /// <summary>A job's progress that blocks the reporting thread while there are tiles' maps to compute.</summary>
    public IProgress<double> Pausing(IProgress<double> progress, CancellationToken cancellationToken) =>
        new PausingProgress(this, progress, cancellationToken);

    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());

    private void CountTile(int change)
    {
        lock (_lock)
        {
            if (_tiles == 0) _withoutTiles = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _tiles += change;
            if (_tiles == 0) _withoutTiles.SetResult();
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private sealed class PausingProgress(ComputeGate gate, IProgress<double> progress, CancellationToken cancellationToken)
        : IProgress<double>
    {
        public void Report(double value)
        {
            progress.Report(value);
            // Waiting for a task lets the thread pool start another thread in place of the blocked one.
            try
            {
                gate.WithoutTiles.Wait(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // The estimator checks the token itself.
            }
        }
    }
}
