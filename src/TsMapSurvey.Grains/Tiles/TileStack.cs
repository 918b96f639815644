using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A tile's durable stack: the committed head, changes, and copies for computations.</summary>
internal sealed class TileStack
{
    private readonly SurveySetup _setup;
    private readonly TileId _tile;
    private readonly StackLoader _loader;
    private readonly NightStacks _nights;
    private readonly HeldStack _held;
    private readonly TileTurn _turn;
    private readonly LedgerDates _dates;
    private readonly HeadLoader _heads;
    private readonly TileChanges _changes;
    private readonly TileWindows _windows;

    public TileStack(
        SurveySetup setup, TileId tile, ObservationReader reader, StackMemory memory, GrainOptions options, TimeProvider time,
        TileRepair? repair = null)
    {
        repair ??= new TileRepair();
        (_setup, _tile) = (setup, tile);
        _loader = new StackLoader(setup, tile, reader);
        _nights = new NightStacks(setup, tile, _loader, memory, options);
        _held = new HeldStack(setup, tile, _loader, new TileCommit(setup, tile, _nights, options, time), memory, repair);
        _turn = new TileTurn(setup, tile, _held, memory);
        _dates = new LedgerDates(setup, reader);
        _heads = new HeadLoader(setup, tile, _held, _dates, repair, time);
        _changes = new TileChanges(setup, tile, _held, _loader, reader, memory);
        _windows = new TileWindows(setup, tile, _nights, _turn);
    }

    /// <summary>The committed head as this activation knows it; the first call reads the store.</summary>
    public async ValueTask<TileHead> HeadAsync(CancellationToken cancellationToken) =>
        _held.Head ?? await _turn.RunAsync(() => _heads.OpenAsync(cancellationToken), cancellationToken);

    /// <summary>
    /// Reads the manifest again, whatever is in memory, and aligns the ledger with the observations' records: a stacked observation that is
    /// missing in the ledger was lost.
    /// </summary>
    public Task<TileHead> ReconcileAsync(CancellationToken cancellationToken) =>
        _turn.RunAsync(() => _heads.ReconcileAsync(cancellationToken), cancellationToken);

    /// <summary>Applies the changes in one commit. The answers are in the order of the batch.</summary>
    /// <exception cref="SurveyServiceException">LostRace: this activation is stale and must be deactivated.</exception>
    public Task<ChangeAnswer[]> ApplyAsync(IReadOnlyList<TileChange> batch, CancellationToken cancellationToken) => _turn.RunAdmittedAsync(
        async () =>
        {
            await _heads.OpenAsync(cancellationToken);
            return await _changes.ApplyAsync(batch, cancellationToken);
        },
        cancellationToken);

    /// <summary>Rebuilds the stack from the observations of its ledger, without the checkpoint, and commits it.</summary>
    /// <exception cref="SurveyServiceException">Blocked: an observation cannot be read. LostRace.</exception>
    public Task<TileHead> RestackAsync(CancellationToken cancellationToken) => _turn.RunAdmittedAsync(
        async () =>
        {
            var head = await _heads.OpenAsync(cancellationToken);
            var (stack, _) = await _loader.WithoutAsync(head, new HashSet<string>(), fresh: true, cancellationToken);
            var ledger = await _dates.DatedAsync(head.Ledger, cancellationToken);
            var next = new NextRevision(stack, ledger, [.. ledger.Entries], null, []) { MustCheckpoint = true };
            head = await _held.CommitAsync(next, cancellationToken);
            _held.Put(stack);
            return head;
        },
        cancellationToken);

    /// <summary>Copies the stack at the newest revision; null if nothing was ever committed.</summary>
    public Task<FrozenStack?> FreezeAsync(CancellationToken cancellationToken) => _turn.RunAdmittedAsync(
        async () =>
        {
            if ((await _heads.OpenAsync(cancellationToken)).Stored is null) return null;
            var stack = await _held.LoadAsync(null, cancellationToken);
            return (FrozenStack?)await FrozenStack.OfAsync(_setup, _tile, _held.Head!, stack, null, cancellationToken);
        },
        cancellationToken);

    /// <summary>
    /// Sums a window's observations at the newest revision, or copies the stack without a window; null if nothing was ever committed.
    /// </summary>
    /// <exception cref="SurveyServiceException">Blocked: an observation cannot be read; UndatedObservations.</exception>
    public async Task<FrozenStack?> FreezeAsync(SliceWindow? window, CancellationToken cancellationToken)
    {
        if (window is null) return await FreezeAsync(cancellationToken);
        var head = await HeadAsync(cancellationToken);
        return head.Stored is null ? null : await _windows.FreezeAsync(head, window, cancellationToken);
    }

    /// <summary>Drops the arrays from memory; they are loaded again when needed.</summary>
    public void Release()
    {
        _held.Release();
        _nights.Release();
    }
}
