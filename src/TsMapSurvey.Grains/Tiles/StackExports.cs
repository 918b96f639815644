using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Compute;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A blob made of a stack of one revision: the stack as a MapDataset, or its coverage.</summary>
/// <param name="Window">The nights whose observations are in it; null: all observations.</param>
internal sealed record ExportedStack(long Revision, SliceWindow? Window, DateTimeOffset? CommittedAt, string Blob);

/// <summary>
/// Exports a tile's stack, or a window's sum, or what follows from it, at the newest revision. Concurrent requests share one export.
/// </summary>
/// <param name="tile">Its name.</param>
/// <param name="what">Named in messages.</param>
/// <param name="publish">Returns the blob's full name.</param>
internal sealed class StackExports(
    SurveySetup setup, string tile, TileStack stack, string what, Func<FrozenStack, CancellationToken, Task<string>> publish,
    ComputeGate gate, SiloMemory silo, CancellationToken ending)
{
    private readonly Dictionary<string, State> _states = [];

    public async Task<StackTicket> TicketAsync(SliceWindow? window, CancellationToken cancellationToken)
    {
        if ((await stack.HeadAsync(cancellationToken)).Stored is null)
            return new StackTicket(tile, TicketState.Empty, 0, null, null, "no observation is stacked on this tile yet", window);
        return TicketOf(await GetAsync(window, cancellationToken));
    }

    /// <summary>Publishes the frozen stack of a map, whose memory the caller has admitted, whatever the newest revision is.</summary>
    public async Task<StackTicket> TicketOfAsync(FrozenStack frozen)
    {
        var blob = await gate.RunAsync(ComputeLane.PointStacks, token => publish(frozen, token), ending);
        var exported = new ExportedStack(frozen.Revision, frozen.Window, frozen.CommittedAt, blob);
        var state = StateOf(frozen.Window);
        if (exported.Revision > (state.Newest?.Revision ?? 0)) state.Newest = exported;
        return TicketOf(exported);
    }

    private StackTicket TicketOf(ExportedStack exported) =>
        new(tile, TicketState.Ready, exported.Revision, exported.CommittedAt, exported.Blob, null, exported.Window);

    private State StateOf(SliceWindow? window)
    {
        var slice = window?.Slice ?? SliceWindow.All;
        if (!_states.TryGetValue(slice, out var state)) _states[slice] = state = new State();
        return state;
    }

    private async Task<ExportedStack> GetAsync(SliceWindow? window, CancellationToken cancellationToken)
    {
        var state = StateOf(window);
        var wanted = (await stack.HeadAsync(cancellationToken)).Revision;
        while (true)
        {
            if (state.Newest is { } newest && newest.Revision >= wanted && newest.Window == window) return newest;
            var running = state.Running ??= ExportAsync(window);
            try
            {
                state.Newest = await running.WaitAsync(cancellationToken);
            }
            finally
            {
                if (running.IsCompleted && state.Running == running) state.Running = null;
            }
        }
    }

    /// <summary>Exports a stack again whose blob was damaged and deleted.</summary>
    public async Task RestoreAsync(string blob, CancellationToken cancellationToken)
    {
        foreach (var state in _states.Values.ToArray())
        {
            if (state.Newest?.Blob != blob) continue;
            var window = state.Newest.Window;
            state.Newest = null;
            await GetAsync(window, cancellationToken);
        }
    }

    private Task<ExportedStack> ExportAsync(SliceWindow? window) => gate.RunAsync(ComputeLane.Exports, async token =>
    {
        // Twice: the dataset and its file.
        using var admitted = await silo.Work.AdmitAsync(what, 2 * (await setup.TileBytesAsync(token)).Dataset, token);
        var frozen = await stack.FreezeAsync(window, token)
            ?? throw ServiceErrors.Damaged("stack", "nothing", "the committed stack");
        return new ExportedStack(frozen.Revision, frozen.Window, frozen.CommittedAt, await publish(frozen, token));
    }, ending);

    private sealed class State
    {
        public ExportedStack? Newest { get; set; }

        public Task<ExportedStack>? Running { get; set; }
    }
}
