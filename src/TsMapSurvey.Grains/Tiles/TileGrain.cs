using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Compute;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>One tile: applies waiting changes in one commit, and requests maps of what is committed.</summary>
[Immovable, CollectionAgeLimit(Minutes = 5)]
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed partial class TileGrain(
    SurveyCatalog catalog, ObservationReader reader, StackMemory memory, SiloMemory silo, ComputeGate gate, GrainOptions options,
    TimeProvider time, ILogger<TileGrain> logger)
    : Grain, ITileGrain
{
    private const int MaxBatch = 64;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<WaitingChange> _waiting = [];
    private Parts? _parts;
    private Task _applying = Task.CompletedTask;

    public async Task<TileChangeResult> Apply(TileChange change, CancellationToken cancellationToken)
    {
        var parts = await PartsAsync(cancellationToken);
        var waiting = _waiting.Find(other => other.Change == change);
        if (waiting is null) _waiting.Add(waiting = new WaitingChange(change));
        if (_applying.IsCompleted) _applying = ApplyWaitingAsync(parts);
        return await waiting.Answer.Task.WaitAsync(cancellationToken);
    }

    public Task<TileSummary> GetSummary(CancellationToken cancellationToken) =>
        SummaryAsync(stack => stack.HeadAsync(cancellationToken), cancellationToken);

    public Task<TileSummary> Reconcile(CancellationToken cancellationToken) =>
        SummaryAsync(stack => new ValueTask<TileHead>(stack.ReconcileAsync(cancellationToken)), cancellationToken);

    public async Task<MapTicket> RequestMap(MapRequest request, CancellationToken cancellationToken) =>
        await (await PartsAsync(cancellationToken)).Maps.RequestAsync(request, cancellationToken);

    public async Task<PointTicket> RequestPoint(MapRequest request, CancellationToken cancellationToken) =>
        await (await PartsAsync(cancellationToken)).Points.RequestAsync(request, cancellationToken);

    public async Task<StackTicket> RequestStack(CancellationToken cancellationToken) =>
        await (await PartsAsync(cancellationToken)).Exports.TicketAsync(null, cancellationToken);

    public async Task<StackTicket> RequestWindow(SliceWindow window, CancellationToken cancellationToken) =>
        await (await PartsAsync(cancellationToken)).Exports.TicketAsync(window, cancellationToken);

    public async Task<StackTicket> RequestCoverage(SliceWindow? window, CancellationToken cancellationToken) =>
        await (await PartsAsync(cancellationToken)).Coverages.TicketAsync(window, cancellationToken);

    public async Task Restore(string blob, CancellationToken cancellationToken)
    {
        var parts = await PartsAsync(cancellationToken);
        await new PublishedRepair(parts.Setup, parts.Name, parts.Maps, parts.Exports, parts.Coverages, logger)
            .RestoreAsync(blob, cancellationToken);
        parts.Points.Forget(blob);
    }

    public async Task<Page<ObservationRef>> Ledger(string? after, int limit, CancellationToken cancellationToken)
    {
        var head = await (await PartsAsync(cancellationToken)).Stack.HeadAsync(cancellationToken);
        var entries = head.Ledger.Entries.OrderBy(entry => entry.Observation, StringComparer.Ordinal);
        return Paging.Of(entries, entry => entry.Observation, entry => entry.Version, after, limit);
    }

    public async Task<Page<Contribution>> Contributions(
        SliceWindow? window, string? after, int limit, CancellationToken cancellationToken)
    {
        var parts = await PartsAsync(cancellationToken);
        var head = await parts.Stack.HeadAsync(cancellationToken);
        return TileContributions.Of(head.Ledger, parts.Setup.Survey.Nights, window, after, limit);
    }

    public async Task<ObservationRef?> Holds(string observation, CancellationToken cancellationToken) =>
        (await (await PartsAsync(cancellationToken)).Stack.HeadAsync(cancellationToken)).Ledger.Find(observation)?.Version;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        foreach (var waiting in _waiting) waiting.Answer.TrySetException(ServiceErrors.Stopping());
        _parts?.Stack.Release();
        _parts?.Maps.Release();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task<TileSummary> SummaryAsync(Func<TileStack, ValueTask<TileHead>> getHead, CancellationToken cancellationToken)
    {
        var parts = await PartsAsync(cancellationToken);
        try
        {
            await parts.Maps.LoadAsync(cancellationToken);
            return Summary(parts, await getHead(parts.Stack), null);
        }
        catch (Exception exception) when (exception is SurveyServiceException or StorageException)
        {
            return Summary(parts, TileHead.Empty, exception.Message);
        }
    }

    private async Task ApplyWaitingAsync(Parts parts)
    {
        // Lets other calls that are queued already join the batch.
        await Task.Yield();
        var singles = 0;
        while (_waiting.Count > 0 && !_ending.IsCancellationRequested)
        {
            var batch = _waiting.Take(singles-- > 0 ? 1 : MaxBatch).ToArray();
            try
            {
                var before = (await parts.Stack.HeadAsync(_ending.Token)).Revision;
                var answers = await parts.Stack.ApplyAsync([.. batch.Select(waiting => waiting.Change)], _ending.Token);
                foreach (var (waiting, answer) in batch.Zip(answers)) waiting.Settle(answer);
                var head = await parts.Stack.HeadAsync(_ending.Token);
                LogCommitted(parts.Name, before, head.Revision, batch.Length, head.Ledger.Entries.Count);
                if (head.Revision != before) NotifySurveyAsync(parts).Ignore();
            }
            catch (Exception exception) when (batch.Length > 1 && IsInternal(exception))
            {
                // One change that fails with an internal error must not block the others: retry each alone.
                singles = batch.Length;
                LogInternal(parts.Name, batch.Length, exception);
            }
            catch (Exception exception)
            {
                Fail(parts, batch, exception is OperationCanceledException ? ServiceErrors.Stopping() : exception);
            }

            _waiting.RemoveAll(waiting => waiting.Answer.Task.IsCompleted);
        }

        foreach (var waiting in _waiting) waiting.Answer.TrySetException(ServiceErrors.Stopping());
    }

    private static bool IsInternal(Exception exception) =>
        exception is not (SurveyServiceException or StorageException or OperationCanceledException);

    private void Fail(Parts parts, WaitingChange[] batch, Exception exception)
    {
        if (IsInternal(exception)) LogInternal(parts.Name, batch.Length, exception);
        else LogNotCommitted(parts.Name, batch.Length, exception);
        foreach (var waiting in batch)
            waiting.Answer.TrySetException(IsInternal(exception) ? ServiceErrors.Internal($"tile {parts.Name}", exception) : exception);
        if (exception is SurveyServiceException { Error: ServiceError.LostRace }) DeactivateOnIdle();
    }

    private async ValueTask<Parts> PartsAsync(CancellationToken cancellationToken)
    {
        if (_parts is not null) return _parts;
        var (surveyName, name) = GrainKeys.Split(this.GetPrimaryKeyString());
        var setup = await catalog.GetAsync(surveyName, cancellationToken);
        var tile = setup.Survey.FindTile(name);
        if (_parts is not null) return _parts;
        var repair = new TileRepair(Recovered: what => LogRecovered(name, what), Lost: lost => NotifyLost(surveyName, name, lost));
        var stack = new TileStack(setup, tile, reader, memory, options, time, repair);
        var maker = new MapMaker(setup, tile, memory, options, time);
        var maps = new TileMaps(
            setup, name, stack, maker, gate, silo, time, logger, () => NotifySurveyAsync(_parts!).Ignore(),
            (facts, frozen, room) => _parts!.Points.Take(facts, frozen, room), _ending.Token);
        StackExports Exports(string what, Func<FrozenStack, CancellationToken, Task<string>> publish) =>
            new(setup, name, stack, what, publish, gate, silo, _ending.Token);
        var exports = Exports("the export of a stack", maker.ExportAsync);
        var coverages = Exports("the coverage of a stack", maker.CoverAsync);
        var points = new PointRevisions(setup, name, stack, maps, exports, time, logger, _ending.Token);
        return _parts = new Parts(setup, tile, name, stack, maps, exports, coverages, points);
    }

    /// <summary>Not awaited: if the notification is lost, the survey finds the change by polling.</summary>
    private async Task NotifySurveyAsync(Parts parts)
    {
        try
        {
            await GrainFactory.Survey(parts.Setup.Name).TileChanged(await GetSummary(_ending.Token));
        }
        catch (Exception exception)
        {
            LogNotNotified(parts.Name, exception);
        }
    }

    /// <summary>Notifies the grains of lost observations, which then remove them from the other tiles too.</summary>
    private void NotifyLost(string survey, string tile, IReadOnlyList<LedgerEntry> lost)
    {
        LogLost(tile, lost.Count, lost[0].Observation);
        foreach (var entry in lost) GrainFactory.Observation(survey, entry.Observation).Lost(entry.Version).Ignore();
    }

    private static TileSummary Summary(Parts parts, TileHead head, string? fault) =>
        TileSummaries.Of(parts.Setup, parts.Tile, head, parts.Maps.Summaries, fault);

    private sealed record Parts(SurveySetup Setup, TileId Tile, string Name, TileStack Stack, TileMaps Maps, StackExports Exports,
        StackExports Coverages, PointRevisions Points);
}
