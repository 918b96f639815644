using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;

namespace TsMapSurvey.Grains.Surveys;

/// <summary>A survey: stores its definition, and caches the summaries of its tiles.</summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed partial class SurveyGrain(SurveyCatalog catalog, TimeProvider time, ILogger<SurveyGrain> logger) : Grain, ISurveyGrain
{
    private const int TilesAtOnce = 16;
    private static readonly TimeSpan PollEvery = TimeSpan.FromMinutes(1);
    private readonly SortedDictionary<string, TileSummary> _tiles = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private Task? _firstPoll;
    private Task? _nextPoll;
    private long _polledAt;
    private bool _hasWarned;

    private string Name => this.GetPrimaryKeyString();

    public async Task<bool> Define(string json, CancellationToken cancellationToken)
    {
        var isNew = await catalog.DefineAsync(Name, json, cancellationToken);
        if (isNew) LogDefined(Name);
        await GrainFactory.Intake(Name).Start(cancellationToken);
        return isNew;
    }

    public async Task<SurveyInfo> GetInfo(CancellationToken cancellationToken)
    {
        var survey = (await catalog.GetAsync(Name, cancellationToken)).Survey;
        return new SurveyInfo(survey.Name, survey.Definition.ToJson(), [.. survey.Maps.Keys]);
    }

    public async Task<SurveyStatus> GetStatus(CancellationToken cancellationToken)
    {
        var setup = await EnsurePolledAsync(cancellationToken);
        var intake = await GrainFactory.Intake(setup.Name).GetReport(cancellationToken);
        var stacked = _tiles.Values.Where(tile => tile.Revision > 0).ToArray();
        return new SurveyStatus(
            setup.Name, intake.States, intake.Waiting, intake.InFlight, stacked.Length, stacked.Sum(tile => tile.Revision),
            stacked.Max(tile => tile.CommittedAt), intake.ReconciledAt,
            stacked.Count(tile => tile.IsStale(setup.Survey.Maps.Count)), stacked.Max(tile => tile.ComputedAt),
            [.. intake.Warnings.IsDefault ? [] : intake.Warnings, .. SliceWarnings.Of(setup.Name, stacked)],
            TileSummaries.Missing(_tiles.Values));
    }

    public async Task<SliceWindow?> GetWindow(string slice, CancellationToken cancellationToken) =>
        SliceWindows.Of((await EnsurePolledAsync(cancellationToken)).Survey, slice, _tiles.Values);

    public async Task<Page<TileSummary>> Tiles(string? after, int limit, CancellationToken cancellationToken)
    {
        await EnsurePolledAsync(cancellationToken);
        return Paging.Of(_tiles.Values, tile => tile.Tile, tile => tile, after, limit);
    }

    public async Task<Page<ObservationEntry>> Observations(
        ObservationState? state, string? after, int limit, CancellationToken cancellationToken) =>
        await GrainFactory.Intake((await catalog.GetAsync(Name, cancellationToken)).Name)
            .Observations(state, after, limit, cancellationToken);

    public Task TileChanged(TileSummary tile)
    {
        Put(tile);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task<SurveySetup> EnsurePolledAsync(CancellationToken cancellationToken)
    {
        var setup = await catalog.GetAsync(Name, cancellationToken);
        var poll = _firstPoll ??= PollAsync(setup);
        try
        {
            await poll.WaitAsync(cancellationToken);
            if (time.GetElapsedTime(_polledAt) > PollEvery && _nextPoll is null or { IsCompleted: true })
                _nextPoll = PollAsync(setup);
            return setup;
        }
        catch when (poll.IsFaulted || poll.IsCanceled)
        {
            if (_firstPoll == poll) _firstPoll = null;
            throw;
        }
    }

    /// <summary>
    /// Reads the summaries of all tiles that have a manifest, and reconciles tiles that may have lost data. Tiles also notify of changes;
    /// polling finds what a lost notification missed.
    /// </summary>
    private async Task PollAsync(SurveySetup setup)
    {
        _polledAt = time.GetTimestamp();
        // Not disposed: after a failed listing the calls in flight still release it.
        var slots = new SemaphoreSlim(TilesAtOnce, TilesAtOnce);
        var calls = new List<Task>();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var tile in setup.Tiles.ListTilesAsync(_ending.Token))
        {
            listed.Add(tile);
            await slots.WaitAsync(_ending.Token);
            calls.Add(AskAsync(setup, tile, slots));
        }

        await Task.WhenAll(calls);
        var records = await setup.Records.ReadAsync(time.GetUtcNow(), _ending.Token);
        foreach (var tile in TileReconciliation.Differing(records, listed, _tiles))
        {
            LogDiffers(Name, tile);
            await slots.WaitAsync(_ending.Token);
            calls.Add(AskAsync(setup, tile, slots, reconcile: true));
        }

        await Task.WhenAll(calls);
        if (_hasWarned) return;
        _hasWarned = true;
        foreach (var warning in SliceWarnings.Of(Name, _tiles.Values)) LogSlices(Name, warning);
    }

    private async Task AskAsync(SurveySetup setup, string tile, SemaphoreSlim slots, bool reconcile = false)
    {
        try
        {
            var grain = GrainFactory.Tile(Name, tile);
            Put(await (reconcile ? grain.Reconcile(_ending.Token) : grain.GetSummary(_ending.Token)));
        }
        catch (Exception exception) when (exception is SurveyServiceException or TimeoutException or OrleansException)
        {
            LogNoAnswer(Name, tile, exception);
            if (TileSummaries.OfFailed(setup, tile, exception.Message) is { } failed) Put(failed);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Notifications may arrive out of order: an older summary does not replace a newer one.</summary>
    private void Put(TileSummary tile)
    {
        if (_tiles.TryGetValue(tile.Tile, out var known))
        {
            // A tile that fails keeps its last known figures.
            if (tile.Fault is not null) tile = known with { Fault = tile.Fault };
            else if (Age(known).CompareTo(Age(tile)) > 0) return;
        }

        _tiles[tile.Tile] = tile;
    }

    private static (long Stack, long Maps) Age(TileSummary tile) => (tile.Revision, tile.Maps.Sum(map => map.Revision));
}
