using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// What an activation has of its tile's stack: the head that is committed, and the arrays while there is room. Whatever fails between
/// changing the arrays and knowing the commit's outcome drops both, so that memory never differs from the store.
/// </summary>
internal sealed class HeldStack(
    SurveySetup setup, TileId tile, StackLoader loader, TileCommit commit, StackMemory memory, TileRepair repair)
{
    public MemorySlot<DatasetStack> Slot { get; } = new();

    /// <summary>What is committed, as far as this activation knows; null until somebody looks.</summary>
    public TileHead? Head { get; set; }

    /// <summary>The arrays of the head, which is known.</summary>
    /// <param name="first">An observation that gives the survey its template where it has none yet; null: it has one.</param>
    public async Task<DatasetStack> LoadAsync(MapDataset? first, CancellationToken cancellationToken)
    {
        if (Slot.Value is { } there) return there;
        var (stack, lost, checkpointFailed) = await loader.LoadAsync(Head!, first, cancellationToken);
        if (checkpointFailed)
        {
            var checkpoint = Head!.Stored!.Manifest.Checkpoint;
            repair.Recovered?.Invoke($"{checkpoint} is damaged or gone; the stack is made again of all observations of the ledger");
        }

        Put(stack);
        // What the stack has no longer must leave the ledger too, before anything is computed of it.
        if (lost.Count > 0 || checkpointFailed)
        {
            var ledger = Head!.Ledger.Without(lost.Select(entry => entry.Observation));
            await CommitAsync(new NextRevision(stack, ledger, [], null, []) { MustCheckpoint = true }, cancellationToken);
        }

        if (lost.Count > 0) repair.Lost?.Invoke(lost);
        return stack;
    }

    /// <summary>Makes a stack the tile's next revision. Every failure, a lost race too, leaves the outcome to whoever looks next.</summary>
    public async Task<TileHead> CommitAsync(NextRevision next, CancellationToken cancellationToken)
    {
        var before = Head!;
        try
        {
            var after = Head = await commit.MakeAsync(before, next, cancellationToken);
            await commit.SweepAsync(before, next, after, cancellationToken);
            return after;
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>A stale activation may miss an observation that left the tile; no commit tells it so, as it comes to none.</summary>
    /// <exception cref="SurveyServiceException">LostRace: somebody else has committed meanwhile.</exception>
    public async Task<TileHead?> DemandNewestAsync(CancellationToken cancellationToken)
    {
        var found = await setup.Tiles.FindManifestAsync(tile.ToString(), cancellationToken);
        if (Head is null || found.ETag == Head.Stored?.ETag) return Head;
        Forget();
        throw ServiceErrors.LostRace(tile.ToString(), found.Manifest?.Revision ?? 0);
    }

    /// <summary>Holds the arrays of the head.</summary>
    public void Put(DatasetStack stack) => memory.Put(Slot, stack, stack.ByteSize);

    /// <summary>Gives the arrays' memory back.</summary>
    public void Release() => memory.Put(Slot, null, 0);

    public void Forget()
    {
        Release();
        Head = null;
    }
}
