using Microsoft.Extensions.Hosting;

namespace TsMapSurvey.Grains;

/// <summary>What kind of work: each kind has a lane of its own, so that a download does not wait for a map.</summary>
internal enum ComputeLane
{
    Maps,
    Exports,
}

/// <summary>Lets one computation of a kind run at a time in this process, and ends all of them when the host stops.</summary>
internal sealed class ComputeGate(IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly SemaphoreSlim[] _lanes = [new(1, 1), new(1, 1)];

    /// <summary>Runs the work when its turn has come. The work itself leaves the caller's scheduler where it computes.</summary>
    public async Task<T> RunAsync<T>(ComputeLane lane, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await _lanes[(int)lane].WaitAsync(either.Token);
        try
        {
            return await work(either.Token);
        }
        finally
        {
            _lanes[(int)lane].Release();
        }
    }

    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());
}
