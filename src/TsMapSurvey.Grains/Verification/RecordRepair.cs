using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;

namespace TsMapSurvey.Grains.Verification;

/// <summary>
/// Makes observation records again that are damaged, or missing although a tile holds the observation. A server goes on from there.
/// </summary>
internal sealed class RecordRepair(SurveySetup setup, TimeProvider time)
{
    private readonly ObservationRecords _records = new(setup.Blobs, setup.Name);

    /// <summary>What is wrong with records, by observation.</summary>
    /// <param name="ledgers">Of the tiles whose ledger can be read.</param>
    public static SortedDictionary<string, string> Problems(RecordSnapshot records, IReadOnlyDictionary<string, TileLedger> ledgers)
    {
        var names = records.Records.Select(record => record.Name).ToHashSet(StringComparer.Ordinal);
        var problems = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in records.Records)
            if (record.Damage is { } damage) problems[record.Name] = $"its record is damaged: {damage}";
        foreach (var entry in ledgers.Values.SelectMany(ledger => ledger.Entries))
            if (!names.Contains(entry.Observation) && entry.Observation != records.Later)
                problems.TryAdd(entry.Observation, "it is stacked and has no record");
        return problems;
    }

    /// <summary>
    /// Writes a record that says which tiles hold the observation, so that the version in the store is put into its tiles, and taken out
    /// of others.
    /// </summary>
    /// <returns>What was written.</returns>
    /// <exception cref="SurveyServiceException">LostRace: a server has written it meanwhile.</exception>
    public async Task<string> WriteAsync(
        string observation, string damage, IReadOnlyDictionary<string, TileLedger> ledgers, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var holders = ledgers.Where(ledger => ledger.Value.Find(observation) is not null).Select(ledger => ledger.Key)
            .Order(StringComparer.Ordinal).ToArray();
        var there = await setup.Observations.FindAsync(observation, cancellationToken);
        var record = ObservationLife.Damaged(observation, damage, now)
            .WithHolders(holders, now) with
        { ETag = there?.ETag ?? "", SeenETag = there?.ETag ?? "" };
        var before = await _records.FindETagAsync(observation, cancellationToken);
        _ = await _records.WriteAsync(record, before, cancellationToken) ?? throw ServiceErrors.Superseded(observation);
        return holders.Length > 0 ? $"; made again: {holders.Length} tiles hold it, and a server looks at it again"
            : "; made again as quarantined: no tile holds it, retry stacks it and retract keeps it out";
    }
}
