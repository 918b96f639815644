using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;

namespace TsMapSurvey.Grains.Verification;

/// <summary>
/// Replaces observation records that are damaged, or missing although a tile holds the observation. A server continues from the new record.
/// </summary>
internal sealed class RecordRepair(SurveySetup setup, TimeProvider time)
{
    private readonly ObservationRecords _records = new(setup.Blobs, setup.Name);

    /// <summary>Returns the problems of records, by observation.</summary>
    /// <param name="ledgers">The readable ledgers, by tile.</param>
    public static SortedDictionary<string, string> Problems(RecordSnapshot records, IReadOnlyDictionary<string, TileLedger> ledgers)
    {
        var names = records.Records.Select(record => record.Name).ToHashSet(StringComparer.Ordinal);
        var problems = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in records.Records)
            if (record.Damage is { } damage) problems[record.Name] = $"its record is damaged: {damage}";
        foreach (var entry in ledgers.Values.SelectMany(ledger => ledger.Entries))
            if (!names.Contains(entry.Observation) && entry.Observation != records.Later)
                problems.TryAdd(entry.Observation, "it is stacked but has no record");
        return problems;
    }

    /// <summary>
    /// Writes a record that names the tiles that hold the observation. A server then adds the version in the store to its tiles and removes
    /// the observation from others.
    /// </summary>
    /// <returns>A description of the repair, for the report.</returns>
    /// <exception cref="SurveyServiceException">LostRace: a server has written the record since.</exception>
    public async Task<string> WriteAsync(
        string observation, string damage, IReadOnlyDictionary<string, TileLedger> ledgers, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var holders = ledgers.Where(ledger => ledger.Value.Find(observation) is not null).Select(ledger => ledger.Key)
            .Order(StringComparer.Ordinal).ToArray();
        var blob = await setup.Observations.FindAsync(observation, cancellationToken);
        var record = ObservationLife.Damaged(observation, damage, now)
            .WithHolders(holders, now) with
        { ETag = blob?.ETag ?? "", SeenETag = blob?.ETag ?? "" };
        var before = await _records.FindETagAsync(observation, cancellationToken);
        _ = await _records.WriteAsync(record, before, cancellationToken) ?? throw ServiceErrors.Superseded(observation);
        return holders.Length > 0 ? $"; repaired: {holders.Length} tiles hold it, and a server will process it again"
            : "; repaired as quarantined: no tile holds it; retry stacks it, retract keeps it out";
    }
}
