using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

// Windows are summed of what is committed, and take no turn of the stack: a week that is read again does not hold up what arrives.
internal sealed partial class TileStack
{
    private readonly NightStacks _nights = new(setup, tile, new StackLoader(setup, tile, reader), memory, options);

    /// <summary>The sum of a window's observations at the newest revision, and of all of them without a window; null when nothing was ever committed.</summary>
    /// <exception cref="SurveyServiceException">Blocked: an observation cannot be read again. UndatedObservations.</exception>
    public async Task<FrozenStack?> FreezeAsync(SliceWindow? window, CancellationToken cancellationToken)
    {
        if (window is null) return await FreezeAsync(cancellationToken);
        var head = await HeadAsync(cancellationToken);
        if (head.Stored is null) return null;
        if (head.Undated is > 0 and var undated) throw ServiceErrors.Undated(setup.Name, tile.ToString(), undated);
        try
        {
            return await WithRoomAsync(async () =>
            {
                var sum = await _nights.SumAsync(head.Ledger, window, await TemplateAsync(null, cancellationToken), cancellationToken);
                var nothing = sum.ObservationCount > 0 ? null : $"nothing was observed here from {window.Text()}";
                var dataset = await DatasetAsync(sum, cancellationToken);
                return (FrozenStack?)new FrozenStack(head.Revision, head.CommittedAt, dataset, window, nothing);
            }, cancellationToken);
        }
        catch (Exception bad) when (bad is StorageException or IOException or MapException or FitsException)
        {
            throw ServiceErrors.OfStack(tile.ToString(), bad);
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked)
        {
            await InTurnAsync(() => DemandNewestAsync(cancellationToken), cancellationToken);
            throw;
        }
    }

    private async Task<MapDataset> DatasetAsync(DatasetStack stack, CancellationToken cancellationToken)
    {
        var dataset = await Task.Run(() => stack.ToDataset($"{setup.Name}-{tile}"), cancellationToken);
        return setup.Irfs is { } irfs ? dataset with { Psf = irfs.Psf, Edisp = irfs.Edisp } : dataset;
    }

    private async Task SaveNightsAsync(TileLedger ledger, IEnumerable<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        if (setup.Survey.LongestSlice > 0)
            await _nights.SaveAsync(ledger, entries.Select(entry => entry.Observation).ToHashSet(StringComparer.Ordinal), await TemplateAsync(null, cancellationToken), cancellationToken);
    }

    /// <summary>What is left over costs room and no more.</summary>
    private async Task SweepNightsAsync(TileLedger committed, CancellationToken cancellationToken)
    {
        if (setup.Survey.LongestSlice == 0) return;
        try
        {
            await _nights.SweepAsync(committed, cancellationToken);
        }
        catch (Exception bad) when (bad is StorageException or OperationCanceledException)
        {
        }
    }

    /// <summary>The ledger with the times of observations whose entries lack them, as far as they can be read.</summary>
    private async Task<TileLedger> DatedAsync(TileLedger ledger, CancellationToken cancellationToken)
    {
        if (setup.Survey.LongestSlice == 0 || ledger.Entries.All(entry => entry.StartS is not null || entry.HasNoTime)) return ledger;
        var dated = new List<LedgerEntry>();
        foreach (var entry in ledger.Entries)
        {
            var observation = new ObservationRef(entry.Observation, entry.ETag, entry.Hash);
            var start = entry.StartS ?? await StartOfAsync(observation, cancellationToken);
            dated.Add(entry with { StartS = start, HasNoTime = start is null });
        }

        return TileLedger.Empty.With(dated);
    }

    private async Task<double?> StartOfAsync(ObservationRef observation, CancellationToken cancellationToken)
    {
        try
        {
            using var lent = await reader.ReadAsync(setup, observation, cancellationToken);
            return setup.Survey.Nights.StartOf(lent.Dataset);
        }
        catch (UnusableException)
        {
            return null;
        }
    }
}
