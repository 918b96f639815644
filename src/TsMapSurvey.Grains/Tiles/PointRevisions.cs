using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// The newest revision of each map of a tile whose stack is published too: positions are answered from both. While the tile changes, a
/// newer one is prepared in the background, and the earlier one is returned until it is complete. Belongs to a grain: all methods run on
/// its scheduler.
/// </summary>
internal sealed partial class PointRevisions(
    SurveySetup setup, string tile, TileStack stack, TileMaps maps, StackExports exports, TimeProvider time, ILogger logger,
    CancellationToken ending)
{
    /// <summary>Preparations follow each other after so many times their duration, so that reads do not slow down changes.</summary>
    private const int PauseFactor = 3;
    private const int MaxAttempts = 5;

    /// <summary>Observations come in bursts, and what is prepared in the middle of one is soon stale.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    /// <summary>A superseded revision is forgotten before its blobs are deleted.</summary>
    private static readonly TimeSpan MaxAge = SupersededBlobs.Grace / 2;
    private readonly Dictionary<(string Map, string? Slice), State> _states = [];

    /// <exception cref="TsMapSurvey.Surveys.SurveyException">The survey has no such map.</exception>
    public async Task<PointTicket> RequestAsync(MapRequest request, CancellationToken cancellationToken)
    {
        setup.Survey.FindMap(request.Map);
        var head = await stack.HeadAsync(cancellationToken);
        if (head.Revision == 0)
            return new PointTicket(
                await maps.RequestAsync(request, cancellationToken), await exports.TicketAsync(request.Window, cancellationToken));
        if (request.Window is not null && head.Undated is > 0 and var undated) throw ServiceErrors.Undated(setup.Name, tile, undated);
        var (state, wanted) = (StateOf(request.Map, request.Window?.Slice), head.Revision);
        state.Asked = (request, wanted);
        if (!state.IsBehind) state.ConfirmedAt = time.GetTimestamp();
        else if (time.GetElapsedTime(state.ConfirmedAt) > MaxAge) state.Newest = null;
        if (state.IsBehind)
        {
            if (!request.Fresh) state.Preparing ??= PrepareLaterAsync(state);
            if (!request.Fresh && state.Newest is { } earlier) return TicketOf(earlier, request, wanted);
            var preparing = request.Fresh ? PrepareAsync(state, request, wanted) : state.Preparing!;
            await WaitAsync(preparing, request.Wait < MaxWait ? request.Wait : MaxWait, cancellationToken);
        }

        var newest = (await stack.HeadAsync(cancellationToken)).Revision;
        var unfinished = state.Failure is null ? TicketState.Computing : TicketState.Failed;
        if (state.Newest is not { } found)
        {
            var none = new MapTicket(tile, request.Map, unfinished, 0, newest, null, null, state.Failure, request.Window);
            return new PointTicket(none, await exports.TicketAsync(request.Window, cancellationToken));
        }

        var ticket = TicketOf(found, request, newest);
        return !request.Fresh || IsOf(found, request.Window, wanted)
            ? ticket : ticket with { Map = ticket.Map with { State = unfinished, Reason = state.Failure } };
    }

    /// <summary>Publishes the stack of a map that was just published, if positions were asked for since the last one.</summary>
    /// <param name="room">The memory of the stack and its file; disposed here.</param>
    public void Take(MapFacts facts, FrozenStack frozen, IDisposable room)
    {
        if (_states.TryGetValue((facts.Map, facts.Window?.Slice), out var state) && state.IsWanted)
        {
            state.IsWanted = false;
            state.Publishing = PublishAsync(state, facts, frozen, room);
        }
        else
        {
            room.Dispose();
        }
    }

    /// <summary>Forgets a revision whose blob was damaged.</summary>
    public void Forget(string blob)
    {
        foreach (var state in _states.Values)
            if (state.Newest is { } newest && (newest.Map.Blob == blob || newest.Stack.Blob == blob)) state.Newest = null;
    }

    private static bool IsOf(PointTicket complete, SliceWindow? window, long revision) =>
        complete.Map.Revision >= revision && complete.Map.Window == window;

    private static PointTicket TicketOf(PointTicket complete, MapRequest request, long newest) => complete with
    {
        Map = complete.Map with { NewestRevision = newest, IsEarlierWindow = complete.Map.Window != request.Window },
    };

    private async Task WaitAsync(Task preparing, TimeSpan wait, CancellationToken cancellationToken)
    {
        preparing.Ignore();
        try
        {
            await preparing.WaitAsync(wait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
    }

    /// <summary>Prepares until what was asked for last is complete, with pauses.</summary>
    private async Task PrepareLaterAsync(State state)
    {
        // The caller must store this task before the finally block can run.
        await Task.Yield();
        try
        {
            do
            {
                var left = state.Pause - time.GetElapsedTime(state.EndedAt);
                if (state.Newest is not null) await Task.Delay(left > MinPause ? left : MinPause, time, ending);
                var began = time.GetTimestamp();
                var (request, revision) = state.Asked;
                await PrepareAsync(state, request, revision);
                var pause = PauseFactor * time.GetElapsedTime(began);
                (state.EndedAt, state.Pause) = (time.GetTimestamp(), pause < MaxPause ? pause : MaxPause);
            }
            while (state is { IsBehind: true, Failure: null });
        }
        catch (Exception exception) when (state.Newest is not null)
        {
            // Later requests try again; the earlier revision is returned meanwhile.
            (state.EndedAt, state.Pause) = (time.GetTimestamp(), MaxPause);
            if (!ending.IsCancellationRequested) LogNotPrepared(tile, exception);
        }
        finally
        {
            state.Preparing = null;
        }
    }

    /// <summary>
    /// Has the map made, and with it its stack. The stack changes on: what is exported later may be newer than the map, and is not used.
    /// </summary>
    private async Task PrepareAsync(State state, MapRequest request, long revision)
    {
        for (var attempt = 0; attempt < MaxAttempts && !state.Has(request.Window, revision); attempt++)
        {
            state.IsWanted = true;
            var map = await maps.RequestAsync(request with { Fresh = true, Wait = MaxWait }, ending);
            state.Failure = map.State == TicketState.Failed ? map.Reason : null;
            if (map.State is TicketState.Computing or TicketState.Failed) return;
            await state.Publishing;
            if (state.Has(map.Window, map.Revision)) continue;
            // The map was computed before anybody asked for positions.
            var exported = await exports.TicketAsync(request.Window, ending);
            if (exported.Revision == map.Revision && exported.Window == map.Window) Keep(state, new PointTicket(map, exported));
        }
    }

    private async Task PublishAsync(State points, MapFacts facts, FrozenStack frozen, IDisposable room)
    {
        using (room)
        {
            try
            {
                var (revision, window) = (facts.Revision, facts.Window?.ToWire());
                var state = facts.EmptyReason is null ? TicketState.Ready : TicketState.Empty;
                var map = new MapTicket(
                    tile, facts.Map, state, revision, revision, facts.ComputedAt, facts.Blob, facts.EmptyReason, window);
                var exported = await exports.TicketOfAsync(frozen);
                if (exported.Revision == revision && exported.Window == window) Keep(points, new PointTicket(map, exported));
            }
            catch (Exception exception) when (exception is OperationCanceledException or StorageException or IOException)
            {
                if (!ending.IsCancellationRequested) LogNotPrepared(tile, exception);
            }
        }
    }

    private void Keep(State state, PointTicket complete)
    {
        if (state.Newest is { } known && known.Map.Revision > complete.Map.Revision) return;
        (state.Newest, state.ConfirmedAt) = (complete, time.GetTimestamp());
    }

    private State StateOf(string map, string? slice)
    {
        if (!_states.TryGetValue((map, slice), out var state)) _states[(map, slice)] = state = new State();
        return state;
    }

    [LoggerMessage(LogLevel.Warning, "Tile {Tile}: preparing a revision for positions failed; the earlier one is used")]
    private partial void LogNotPrepared(string tile, Exception exception);

    private sealed class State
    {
        public PointTicket? Newest { get; set; }

        /// <summary>When the newest was complete, or was last known to be that of the stack.</summary>
        public long ConfirmedAt { get; set; }

        /// <summary>The last request, and the stack's revision then.</summary>
        public (MapRequest Request, long Revision) Asked { get; set; }

        public bool IsBehind => !Has(Asked.Request.Window, Asked.Revision);

        /// <summary>Whether the next map is to be published with its stack.</summary>
        public bool IsWanted { get; set; }

        public Task Publishing { get; set; } = Task.CompletedTask;

        public Task? Preparing { get; set; }

        public long EndedAt { get; set; }

        public TimeSpan Pause { get; set; }

        /// <summary>Why the last map was not computed; null if it was.</summary>
        public string? Failure { get; set; }

        public bool Has(SliceWindow? window, long revision) => Newest is { } newest && IsOf(newest, window, revision);
    }
}
