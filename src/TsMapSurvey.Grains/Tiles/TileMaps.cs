using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Compute;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// A tile's newest published maps, and their running computations, which concurrent requests share. Belongs to a grain: all methods run on
/// its scheduler; the computations run on the thread pool.
/// </summary>
/// <param name="published">Takes over the memory of a published map's stack and its file.</param>
internal sealed partial class TileMaps(
    SurveySetup setup, string tile, TileStack stack, MapMaker maker, ComputeGate gate, SiloMemory silo, TimeProvider time, ILogger logger,
    Action changed, Action<MapFacts, FrozenStack, IDisposable> published, CancellationToken ending)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);
    private readonly Dictionary<(string Map, string? Slice), State> _states =
        setup.Survey.Maps.Keys.ToDictionary(map => (map, default(string)), _ => new State());
    private bool _isLoaded;
    private Task _sweeping = Task.CompletedTask;

    /// <summary>Summaries of the published maps of all observations, in the order of the definition.</summary>
    public ImmutableArray<MapSummary> Summaries =>
    [
        .. from state in _states.Values
           let facts = state.Published
           where facts is { Window: null }
           select new MapSummary(
               facts.Map, facts.Revision, facts.ComputedAt, facts.EmptyReason, facts.MaxSqrtTs, facts.Counts, facts.ExposureM2S),
    ];

    /// <summary>Finds the published maps of all observations, once.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded) return;
        foreach (var ((map, slice), state) in _states.ToArray())
            if (slice is null) await FindAsync(state, map, slice, cancellationToken);

        _isLoaded = true;
    }

    /// <exception cref="SurveyException">The survey has no such map.</exception>
    public async Task<MapTicket> RequestAsync(MapRequest request, CancellationToken cancellationToken)
    {
        setup.Survey.FindMap(request.Map);
        await LoadAsync(cancellationToken);
        var state = await StateAsync(request.Map, request.Window?.Slice, cancellationToken);
        var head = await stack.HeadAsync(cancellationToken);
        var wanted = head.Revision;
        if (request.Window is not null && head.Undated is > 0 and var undated) throw ServiceErrors.Undated(setup.Name, tile, undated);
        if (wanted == 0)
            return new MapTicket(
                tile, request.Map, TicketState.Empty, 0, 0, null, null, "no observation is stacked on this tile yet", request.Window);
        var (began, wait, tried) = (time.GetTimestamp(), request.Wait < MaxWait ? request.Wait : MaxWait, default(Task));
        while (true)
        {
            if (state.Published is { } published && published.Revision >= wanted && published.Window == request.Window?.ToStored())
                return await TicketAsync(state, request, null, cancellationToken);
            if (state.Running is null && tried is not null && state.Failure is not null)
                return await TicketAsync(state, request, TicketState.Failed, cancellationToken);
            tried = state.Running ??= ComputeAsync(request, state);
            if (!request.Fresh && state.Published is not null) return await TicketAsync(state, request, null, cancellationToken);
            var left = wait - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) return await TicketAsync(state, request, TicketState.Computing, cancellationToken);
            try
            {
                await tried.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
            }
        }
    }

    /// <summary>
    /// Replaces a deleted damaged blob of the newest maps: writes facts from memory, or computes the map and its facts from the stack.
    /// </summary>
    public async Task RestoreAsync(string blob, CancellationToken cancellationToken)
    {
        foreach (var ((map, _), state) in _states.ToArray())
        {
            if (state.Published is not { } facts) continue;
            if (blob == maker.FactsBlob(facts)) await maker.WriteFactsAsync(facts, cancellationToken);
            if (blob != facts.Blob) continue;
            await setup.Blobs.DeleteAsync(maker.FactsBlob(facts), WriteCondition.Always, cancellationToken);
            state.Published = null;
            var computing = state.Running ??= ComputeAsync(new MapRequest(map, true, TimeSpan.Zero, Window: facts.Window?.ToWire()), state);
            await computing.WaitAsync(MaxWait, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc cref="MapMaker.Release"/>
    public void Release() => maker.Release();

    private async Task<State> StateAsync(string map, string? slice, CancellationToken cancellationToken)
    {
        if (!_states.TryGetValue((map, slice), out var state))
        {
            await FindAsync(state = new State(), map, slice, cancellationToken);
            if (!_states.TryAdd((map, slice), state)) state = _states[(map, slice)];
        }

        return state;
    }

    private async Task FindAsync(State state, string map, string? slice, CancellationToken cancellationToken)
    {
        var facts = await maker.FindNewestAsync(map, slice, dropped => LogUnusable(tile, dropped), cancellationToken);
        if (facts?.Revision > (state.Published?.Revision ?? 0)) state.Published = facts;
    }

    private async Task ComputeAsync(MapRequest request, State state)
    {
        // The caller must store this task before the finally block can run.
        await Task.Yield();
        try
        {
            state.Failure = null;
            var (made, facts, room) = await MakeAsync(request);
            if (facts.Revision > (state.Published?.Revision ?? 0) || facts.Window != state.Published?.Window) state.Published = facts;
            LogComputed(tile, request.Window is null ? request.Map : GrainKeys.Of(request.Map, request.Window.Slice), facts.Revision,
                facts.ComputeSeconds, facts.EmptyReason ?? $"{facts.PixelsComputed} of {maker.Pixels} pixels", request.OperationId);
            published(facts, made.Frozen, room);
            changed();
            // Not awaited: a map is fresh before the maps that it superseded are deleted.
            if (_sweeping.IsCompleted) _sweeping = maker.SweepAsync(made, ending);
        }
        catch (OperationCanceledException)
        {
            state.Failure = ServiceErrors.Stopping().Message;
        }
        catch (Exception exception) when (exception is SurveyServiceException or StorageException or IOException)
        {
            state.Failure = exception.Message;
            LogFailed(tile, request.Map, request.OperationId, exception);
        }
        catch (Exception exception)
        {
            state.Failure = $"{exception.GetType().Name}: {exception.Message}";
            LogFailed(tile, request.Map, request.OperationId, exception);
        }
        finally
        {
            state.Running = null;
        }
    }

    /// <summary>The gate is for computing only: while this map is stored, the next one is computed.</summary>
    private async Task<(MadeMap Made, MapFacts Facts, IDisposable Room)> MakeAsync(MapRequest request)
    {
        IDisposable? admitted = null;
        try
        {
            var made = await gate.RunAsync(ComputeLane.Maps, async token =>
            {
                var bytes = await setup.TileBytesAsync(token);
                var more = bytes.Estimate > bytes.Dataset ? bytes.Estimate : bytes.Dataset;
                admitted = await silo.Work.AdmitAsync($"map {request.Map} of tile {tile}", bytes.Dataset + more, token);
                var frozen = await stack.FreezeAsync(request.Window, token)
                    ?? throw ServiceErrors.Damaged($"tile {tile}", "no stack", "the committed stack");
                return await maker.ComputeAsync(request.Map, frozen, token);
            }, ending);
            return (made, await maker.PublishAsync(made, ending), admitted!);
        }
        catch
        {
            admitted?.Dispose();
            throw;
        }
    }

    private async Task<MapTicket> TicketAsync(State state, MapRequest request, TicketState? fixedState, CancellationToken cancellationToken)
    {
        var (facts, newest) = (state.Published, (await stack.HeadAsync(cancellationToken)).Revision);
        var ticketState = fixedState ?? (facts!.EmptyReason is null ? TicketState.Ready : TicketState.Empty);
        return new MapTicket(tile, request.Map, ticketState, facts?.Revision ?? 0, newest, facts?.ComputedAt, facts?.Blob,
            ticketState == TicketState.Failed ? state.Failure : facts?.EmptyReason, facts is null ? request.Window : facts.Window?.ToWire(),
            facts is not null && facts.Window != request.Window?.ToStored());
    }

    [LoggerMessage(LogLevel.Information,
        "Tile {Tile}: computed map {Map} of revision {Revision} in {Seconds:0.000} s: {What} (operation {Operation})")]
    private partial void LogComputed(string tile, string map, long revision, double seconds, string what, string? operation);

    [LoggerMessage(LogLevel.Error, "Tile {Tile}: computing map {Map} failed (operation {Operation})")]
    private partial void LogFailed(string tile, string map, string? operation, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Tile {Tile}: {Blob} is damaged or of an earlier version; its map is computed again")]
    private partial void LogUnusable(string tile, string blob);

    private sealed class State
    {
        public MapFacts? Published { get; set; }

        public Task? Running { get; set; }

        /// <summary>Why the last computation failed; null if it did not.</summary>
        public string? Failure { get; set; }
    }
}
