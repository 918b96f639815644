using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

internal sealed class LedgerDates(SurveySetup setup, ObservationReader reader)
{
    /// <summary>Returns the ledger with the missing start times, as far as the observations can be read.</summary>
    public async Task<TileLedger> DatedAsync(TileLedger ledger, CancellationToken cancellationToken)
    {
        if (setup.Survey.LongestSliceNights == 0 || ledger.Entries.All(entry => entry.StartS is not null || entry.HasNoTime)) return ledger;
        var dated = new List<LedgerEntry>();
        foreach (var entry in ledger.Entries)
        {
            var start = entry.StartS ?? await StartOfAsync(entry.Version, cancellationToken);
            dated.Add(entry with { StartS = start, HasNoTime = start is null });
        }

        return TileLedger.Empty.With(dated);
    }

    private async Task<double?> StartOfAsync(ObservationRef observation, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await reader.ReadAsync(setup, observation, cancellationToken);
            return setup.Survey.Nights.StartOf(lease.Observation.Gti);
        }
        catch (UnusableException)
        {
            return null;
        }
    }
}
