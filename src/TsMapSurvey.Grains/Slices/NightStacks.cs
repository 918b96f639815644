using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Slices;

/// <summary>
/// The sums of a tile's nights. Each is the sum of the night's observations in the order of the ledger, bit for bit, whether it comes from
/// memory, blobs or the observations: the ledger determines the content, and each sum is identified by the digest of its observations. A
/// sum is therefore never changed back; losing one only costs reading the night's observations again.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed class NightStacks(SurveySetup setup, TileId tile, StackLoader loader, StackMemory memory, GrainOptions options)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<int, MemorySlot<NightStack>> _slots = [];
    private readonly NightBlobs _blobs = new(setup, tile);

    /// <summary>Sums a window's nights, oldest first, and stores the nights that are over.</summary>
    /// <exception cref="SurveyServiceException">Blocked: an observation cannot be read.</exception>
    public async Task<DatasetStack> SumAsync(TileLedger ledger, SliceWindow window, CancellationToken cancellationToken)
    {
        var template = await setup.TemplateAsync(cancellationToken);
        var sum = new DatasetStack(setup.Survey.GridWithHalo(tile), template);
        foreach (var night in NightLedger.Of(ledger, setup.Survey.Nights).Where(night => window.Contains(night.Number)))
            await UseAsync(night, template, async stack =>
            {
                if (stack.Count - stack.Stored > (night.Number < window.LastNight ? 0 : options.TailLength))
                    await TryStoreAsync(night.Number, stack, cancellationToken);
                await Task.Run(() => sum.Add(stack.Sum), cancellationToken);
            }, cancellationToken);
        return sum;
    }

    /// <summary>
    /// Stores the nights of these entries before they go into a checkpoint, so that a restart does not have to read the observations again
    /// for the nights either. A night whose observation cannot be read now is skipped. Does nothing in a survey without slices.
    /// </summary>
    public async Task SaveAsync(TileLedger ledger, IEnumerable<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        if (setup.Survey.LongestSliceNights == 0) return;
        var names = entries.Select(entry => entry.Observation).ToHashSet(StringComparer.Ordinal);
        var template = await setup.TemplateAsync(cancellationToken);
        foreach (var night in Kept(ledger).Where(night => night.Entries.Any(entry => names.Contains(entry.Observation))))
        {
            try
            {
                await UseAsync(night, template, async stack =>
                {
                    if (stack.Stored < stack.Count) await _blobs.WriteAsync(night.Number, stack, cancellationToken);
                }, cancellationToken);
            }
            catch (SurveyServiceException exception) when (exception.Error == ServiceError.Blocked)
            {
            }
        }
    }

    /// <summary>
    /// Deletes the stored nights that have left the longest slice or whose observations are not those of the committed ledger. Leftovers
    /// only cost space: after a failure the next sweep deletes them.
    /// </summary>
    public async Task SweepAsync(TileLedger ledger, CancellationToken cancellationToken)
    {
        if (setup.Survey.LongestSliceNights == 0) return;
        try
        {
            await _blobs.SweepAsync(Kept(ledger), cancellationToken);
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
        }
    }

    /// <summary>Drops the sums from memory.</summary>
    public void Release()
    {
        foreach (var slot in _slots.Values.ToArray()) memory.Put(slot, null, 0);
    }

    /// <summary>The nights within the longest slice of the tile's newest night, which is a superset of what any window needs.</summary>
    private IEnumerable<NightLedger> Kept(TileLedger ledger)
    {
        var nights = NightLedger.Of(ledger, setup.Survey.Nights).ToArray();
        return nights.Where(night => night.Number > nights[^1].Number - setup.Survey.LongestSliceNights);
    }

    /// <summary>Storing only saves reading the observations again, so a failure is ignored.</summary>
    private async Task TryStoreAsync(int night, NightStack stack, CancellationToken cancellationToken)
    {
        try
        {
            await _blobs.WriteAsync(night, stack, cancellationToken);
        }
        catch (StorageException)
        {
        }
    }

    /// <summary>Completes the sum of a night and locks it during its use.</summary>
    private async Task UseAsync(NightLedger night, MapDataset template, Func<NightStack, Task> use, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        if (!_slots.TryGetValue(night.Number, out var slot)) _slots[night.Number] = slot = new MemorySlot<NightStack>();
        memory.Pin(slot);
        try
        {
            if (slot.Value is not { } stack || night.CountOf(stack.Digest) != stack.Count)
            {
                stack = await _blobs.ReadAsync(night, template, cancellationToken);
                memory.Put(slot, stack, stack.Sum.ByteSize);
            }

            while (stack.Count < night.Entries.Count)
            {
                var entry = night.Entries[stack.Count];
                if (await loader.TryAddAsync(stack.Sum, entry, cancellationToken) is { } reason)
                    throw ServiceErrors.Blocked(tile.ToString(), entry, reason.Message);
                stack.Advance(night);
            }

            await use(stack);
        }
        finally
        {
            memory.Unpin(slot);
            if (slot.Value is null) _slots.Remove(night.Number);
            _turn.Release();
        }
    }
}
