using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>When the observations of a ledger were made, where a survey has slices and nobody noted it.</summary>
internal sealed class LedgerDates(SurveySetup setup, ObservationReader reader)
{
    /// <summary>The ledger with the times of observations whose entries lack them, as far as they can be read.</summary>
    public async Task<TileLedger> DatedAsync(TileLedger ledger, CancellationToken cancellationToken)
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
