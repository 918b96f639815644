using Microsoft.Extensions.Hosting;
using TsMapSurvey.Grains.Compute;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Who computes next. No test depends on how long anything takes: each piece of work ends when it is told to.</summary>
public sealed class ComputeGateTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Lifetime _host = new();
    private readonly ComputeGate _gate;
    private readonly Lock _lock = new();
    private readonly List<string> _begun = [];

    public ComputeGateTests() => _gate = new ComputeGate(_host);

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task A_tiles_map_begins_at_once_and_before_every_job_that_waits()
    {
        var jobs = Enumerable.Range(0, 7).Select(i => Begin(ComputeLane.Jobs, $"job {i}")).ToArray();
        await Soon(jobs[0].Begun);
        var tiles = Enumerable.Range(0, 3).Select(i => Begin(ComputeLane.Maps, $"tile {i}")).ToArray();
        // The job that runs does not hold it up.
        await Soon(tiles[0].Begun);
        jobs[0].End();
        foreach (var (tile, next) in tiles.Zip(tiles.Skip(1)))
        {
            tile.End();
            await Soon(next.Begun);
        }

        Assert.Equal(["job 0", "tile 0", "tile 1", "tile 2"], _begun);
        tiles[2].End();
        foreach (var job in jobs.Skip(1))
        {
            await Soon(job.Begun);
            job.End();
        }

        await Soon(Task.WhenAll(jobs.Concat(tiles).Select(work => work.Ended)));
    }

    [Fact]
    public async Task A_job_that_runs_pauses_where_it_reports_progress_until_no_tile_wants_a_map()
    {
        var reports = new Reports();
        var pausing = _gate.Pausing(reports, CancellationToken.None);
        pausing.Report(0.1);
        var tile = Begin(ComputeLane.Maps, "tile");
        await Soon(tile.Begun);
        var paused = Task.Factory.StartNew(() => pausing.Report(0.2), TaskCreationOptions.LongRunning);
        await Soon(reports.Second);
        Assert.False(paused.IsCompleted);
        tile.End();
        await Soon(paused);
        await Soon(tile.Ended);
    }

    [Fact]
    public async Task A_paused_job_that_is_stopped_goes_on_to_see_it()
    {
        using var stopping = new CancellationTokenSource();
        var tile = Begin(ComputeLane.Maps, "tile");
        await Soon(tile.Begun);
        var paused = Task.Factory.StartNew(() => _gate.Pausing(new Reports(), stopping.Token).Report(0.5), TaskCreationOptions.LongRunning);
        await stopping.CancelAsync();
        await Soon(paused);
        tile.End();
    }

    [Fact]
    public async Task A_tile_that_fails_or_gives_up_holds_no_job_up()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _gate.RunAsync<int>(ComputeLane.Maps, _ => throw new InvalidOperationException(), CancellationToken.None));
        var first = Begin(ComputeLane.Maps, "tile");
        using var giveUp = new CancellationTokenSource();
        var second = _gate.RunAsync(ComputeLane.Maps, _ => Task.FromResult(0), giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var job = Begin(ComputeLane.Jobs, "job");
        first.End();
        await Soon(job.Begun);
        job.End();
        await Soon(job.Ended);
    }

    private Work Begin(ComputeLane lane, string name)
    {
        var (begun, end) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var ended = _gate.RunAsync(lane, async _ =>
        {
            lock (_lock) _begun.Add(name);
            begun.SetResult();
            await end.Task;
            return 0;
        }, CancellationToken.None);
        return new Work(begun.Task, ended, end.SetResult);
    }

    private static Task Soon(Task task) => task.WaitAsync(Patience);

    private sealed record Work(Task Begun, Task Ended, Action End);

    private sealed class Reports : IProgress<double>
    {
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Second => _second.Task;

        public void Report(double value)
        {
            if (value > 0.1) _second.TrySetResult();
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
