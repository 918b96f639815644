using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// An activation's cache of its tile's stack: the committed head, and the arrays while the memory budget allows. A failure between changing
/// the arrays and knowing the commit's outcome drops both, so that memory never differs from the store.
/// </summary>
internal sealed class HeldStack(
    SurveySetup setup, TileId tile, StackLoader loader, TileCommit commit, StackMemory memory, TileRepair repair)
{
    public MemorySlot<DatasetStack> Slot { get; } = new();

    /// <summary>The committed head as this activation knows it; null before it is loaded.</summary>
    public TileHead? Head { get; set; }

    /// <summary>Returns the head's arrays, and loads them if necessary. The head must be loaded.</summary>
    /// <param name="first">An observation that defines the survey's template if there is none yet; null: it exists.</param>
    public async Task<DatasetStack> LoadAsync(IObservedData? first, CancellationToken cancellationToken)
    {
        if (Slot.Value is { } held) return held;
        var (stack, lost, checkpointFailed) = await loader.LoadAsync(Head!, first, cancellationToken);
        if (checkpointFailed)
        {
            var checkpoint = Head!.Stored!.Manifest.Checkpoint;
            repair.Recovered?.Invoke($"{checkpoint} is damaged or missing; the stack was rebuilt from all observations of the ledger");
        }

        Put(stack);
        // Lost observations must leave the ledger before anything is computed from the stack.
        if (lost.Count > 0 || checkpointFailed)
        {
            var ledger = Head!.Ledger.Without(lost.Select(entry => entry.Observation));
            await CommitAsync(new NextRevision(stack, ledger, [], null, []) { MustCheckpoint = true }, cancellationToken);
        }

        if (lost.Count > 0) repair.Lost?.Invoke(lost);
        return stack;
    }

    /// <summary>Commits the tile's next revision. After any failure the outcome is unknown: the next call reads the store again.</summary>
    public async Task<TileHead> CommitAsync(NextRevision next, CancellationToken cancellationToken)
    {
        var before = Head!;
        try
        {
            var after = Head = await commit.CommitAsync(before, next, cancellationToken);
            await commit.SweepAsync(before, next, after, cancellationToken);
            return after;
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>
    /// Checks that this activation is not stale. A stale one may be blocked by an observation that has left the tile, and never notices,
    /// because it never commits.
    /// </summary>
    /// <exception cref="SurveyServiceException">LostRace: another activation has committed since.</exception>
    public async Task<TileHead?> EnsureNewestAsync(CancellationToken cancellationToken)
    {
        var found = await setup.Tiles.FindManifestAsync(tile.ToString(), cancellationToken);
        if (Head is null || found.ETag == Head.Stored?.ETag) return Head;
        Forget();
        throw ServiceErrors.LostRace(tile.ToString(), found.Manifest?.Revision ?? 0);
    }

    public void Put(DatasetStack stack) => memory.Put(Slot, stack, stack.ByteSize);

    /// <summary>Drops the arrays.</summary>
    public void Release() => memory.Put(Slot, null, 0);

    public void Forget()
    {
        Release();
        Head = null;
    }
}
