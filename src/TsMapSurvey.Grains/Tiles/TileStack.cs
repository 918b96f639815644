using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>How one change of a batch fared: a result, or a failure after which it may be tried again.</summary>
internal readonly record struct ChangeAnswer(TileChangeResult? Result, Exception? Fault);

/// <summary>A tile's stack as committed at a revision, as a dataset that nobody changes.</summary>
/// <param name="Window">Whose observations are in it; null: all.</param>
/// <param name="Nothing">Why there is nothing in it; null: there is something, or nobody knows.</param>
internal sealed record FrozenStack(long Revision, DateTimeOffset? CommittedAt, MapDataset Dataset, SliceWindow? Window = null, string? Nothing = null);

/// <summary>
/// A tile's durable stack. One operation at a time has it (a turn); whatever fails between changing the arrays and knowing the commit's
/// outcome drops the arrays, so that memory never differs from the store.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "no timer and no wait handle in it: there is nothing to free")]
internal sealed partial class TileStack(
    SurveySetup setup, TileId tile, ObservationReader reader, StackMemory memory, GrainOptions options, TimeProvider time)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly MemorySlot<DatasetStack> _slot = new();
    private readonly StackLoader _loader = new(setup, tile, reader);
    private readonly TileRecovery _recovery = new(setup, tile, time);
    private TileHead? _head;

    /// <summary>Told which entries left stack and ledger because their observations were deleted from the store.</summary>
    public Action<IReadOnlyList<LedgerEntry>>? Lost { get; init; }

    /// <summary>What is committed, as far as this activation knows; the first call looks.</summary>
    public async ValueTask<TileHead> HeadAsync(CancellationToken cancellationToken) =>
        _head ?? await InTurnAsync(() => OpenAsync(cancellationToken), cancellationToken);

    /// <summary>Makes the changes that are still to be made, and commits once. The answers are in the order of the batch.</summary>
    /// <exception cref="SurveyServiceException">LostRace: this activation is stale and has to end.</exception>
    public Task<ChangeAnswer[]> ApplyAsync(IReadOnlyList<TileChange> batch, CancellationToken cancellationToken) =>
        InTurnAsync(() => WithRoomAsync(() => ApplyNowAsync(batch, cancellationToken), cancellationToken), cancellationToken);

    /// <summary>Makes the stack anew from the observations of its ledger, whatever the checkpoint holds, and commits it.</summary>
    /// <exception cref="SurveyServiceException">Blocked: an observation cannot be read. LostRace: somebody else has committed meanwhile.</exception>
    public Task<TileHead> RestackAsync(CancellationToken cancellationToken) => InTurnAsync(
        () => WithRoomAsync(async () =>
        {
            await OpenAsync(cancellationToken);
            var (stack, _) = await _loader.WithoutAsync(_head!, new HashSet<string>(), fresh: true, await TemplateAsync(null, cancellationToken), cancellationToken);
            var ledger = await DatedAsync(_head!.Ledger, cancellationToken);
            await CommitAsync(stack, ledger, [.. ledger.Entries], null, [], cancellationToken, mustCheckpoint: true);
            memory.Put(_slot, stack, stack.ByteSize);
            return _head;
        }, cancellationToken),
        cancellationToken);

    /// <summary>A copy of the stack of the newest revision; null when nothing was ever committed.</summary>
    public Task<FrozenStack?> FreezeAsync(CancellationToken cancellationToken) => InTurnAsync(
        () => WithRoomAsync(async () =>
        {
            if ((await OpenAsync(cancellationToken)).Stored is null) return null;
            var stack = await LoadAsync(null, cancellationToken);
            return new FrozenStack(_head!.Revision, _head.CommittedAt, await DatasetAsync(stack, cancellationToken));
        }, cancellationToken),
        cancellationToken);

    /// <summary>Gives the memory back; the tile goes on when used again.</summary>
    public void Release()
    {
        memory.Put(_slot, null, 0);
        _nights.Release();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        memory.Pin(_slot);
        try
        {
            return await work();
        }
        catch (Exception bad) when (bad is StorageException or IOException or MapException or FitsException)
        {
            throw ServiceErrors.OfStack(tile.ToString(), bad);
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked && _head is not null)
        {
            await DemandNewestAsync(cancellationToken);
            throw;
        }
        finally
        {
            memory.Unpin(_slot);
            _turn.Release();
        }
    }

    /// <summary>Runs the work when there is room for the stack and for a second one, or for the dataset that is made of it.</summary>
    private async Task<T> WithRoomAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var bytes = await setup.TileBytesAsync(cancellationToken);
        using var room = await memory.InUse.AdmitAsync($"the stack of tile {tile}", 2 * bytes.Stack, cancellationToken);
        return await work();
    }

    /// <summary>A stale activation may miss an observation that the tile does not hold any more; no commit tells it so, as it comes to none.</summary>
    /// <exception cref="SurveyServiceException">LostRace: somebody else has committed meanwhile.</exception>
    private async Task<bool> DemandNewestAsync(CancellationToken cancellationToken)
    {
        var found = await setup.Tiles.FindManifestAsync(tile.ToString(), cancellationToken);
        if (_head is null || found.ETag == _head.Stored?.ETag) return true;
        Forget();
        throw ServiceErrors.LostRace(tile.ToString(), found.Manifest?.Revision ?? 0);
    }

    private async Task<DatasetStack> LoadAsync(MapDataset? first, CancellationToken cancellationToken)
    {
        if (_slot.Value is { } there) return there;
        var (stack, lost, checkpointFailed) = await _loader.LoadAsync(_head!, await TemplateAsync(first, cancellationToken), cancellationToken);
        if (checkpointFailed)
            Recovered?.Invoke($"{_head!.Stored!.Manifest.Checkpoint} is damaged or gone; the stack is made again of all observations of the ledger");
        memory.Put(_slot, stack, stack.ByteSize);
        // What the stack has no longer must leave the ledger too, before anything is computed of it.
        if (lost.Count > 0 || checkpointFailed)
            await CommitAsync(stack, _head!.Ledger.Without(lost.Select(entry => entry.Observation)), [], null, [], cancellationToken, mustCheckpoint: true);
        if (lost.Count > 0) Lost?.Invoke(lost);
        return stack;
    }

    private async Task<MapDataset> TemplateAsync(MapDataset? first, CancellationToken cancellationToken) => first is not null
        ? await setup.TemplateAsync(first, cancellationToken)
        : await setup.FindTemplateAsync(cancellationToken) ?? throw ServiceErrors.Damaged($"survey {setup.Name}", "no template", "that of its first observation");

    private void Forget()
    {
        memory.Put(_slot, null, 0);
        _head = null;
    }
}
