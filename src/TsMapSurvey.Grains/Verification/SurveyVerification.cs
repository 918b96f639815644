using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>
/// Makes every tile's stack anew from the observations of its ledger and compares it with the one that is stored, straight from the store and without any
/// server. Ledgers are compared with the observations' records too.
/// </summary>
public sealed class SurveyVerification(IBlobStore blobs, TimeProvider? time = null) : IDisposable
{
    /// <summary>Sums may differ by this from adding in another order.</summary>
    public const double Tolerance = 1e-9;

    private readonly GrainOptions _options = new();
    private readonly ObservationReader _reader = new(new GrainOptions());
    private readonly StackMemory _memory = new(new GrainOptions { StackBytes = 0 });
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// All tiles in order of their names. A repair replaces a stack by the same conditional write as any commit: it loses against one that a server makes
    /// meanwhile, and a server that holds the tile notices at its next commit.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownSurvey; the store's faults.</exception>
    public async IAsyncEnumerable<TileVerification> RunAsync(string survey, bool repair, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var setup = await new SurveyCatalog(blobs, new GrainOptions()).GetAsync(survey, cancellationToken);
        var records = new Dictionary<string, ObservationRecord>(StringComparer.Ordinal);
        await foreach (var record in new ObservationRecords(blobs, survey).ListAsync(_time.GetUtcNow(), cancellationToken)) records[record.Name] = record;
        await foreach (var tile in setup.Tiles.ListTilesAsync(cancellationToken))
            yield return await VerifyAsync(setup, tile, records, repair, cancellationToken);
    }

    public void Dispose() => _reader.Dispose();

    private async Task<TileVerification> VerifyAsync(SurveySetup setup, string name, Dictionary<string, ObservationRecord> records, bool repair, CancellationToken cancellationToken)
    {
        if (!TileId.TryParse(name, null, out var tile)) return new TileVerification(name, 0, 0, null, [$"'{name}' is no tile of this survey"], false);
        var (stack, loader, head) = (new TileStack(setup, tile, _reader, _memory, _options, _time), new StackLoader(setup, tile, _reader), TileHead.Nothing);
        try
        {
            try
            {
                head = await stack.HeadAsync(cancellationToken);
            }
            catch (SurveyServiceException lost) when (repair && lost.Error == ServiceError.StoreRefused)
            {
                head = await stack.RestackAsync(Believed(name, records), cancellationToken);
                return new TileVerification(name, head.Revision, head.Ledger.Entries.Count, null, [lost.Message], true);
            }

            var (problems, largest) = await CompareAsync(setup, loader, head, cancellationToken);
            var isRepaired = repair && problems.Count > 0;
            if (isRepaired) head = await stack.RestackAsync(null, cancellationToken);
            return new TileVerification(name, head.Revision, head.Ledger.Entries.Count, largest, [.. problems, .. Strangers(name, head.Ledger, records)], isRepaired);
        }
        catch (SurveyServiceException bad)
        {
            return new TileVerification(name, head.Revision, head.Ledger.Entries.Count, null, [bad.Message], false);
        }
        catch (StorageException bad)
        {
            return new TileVerification(name, head.Revision, head.Ledger.Entries.Count, null, [bad.Message], false);
        }
    }

    /// <summary>What a tile's ledger has to hold by the records of observations at their end; what is underway to or from the tile is told to it again.</summary>
    private static IEnumerable<LedgerEntry> Believed(string tile, Dictionary<string, ObservationRecord> records) =>
        from record in records.Values
        where record.State == ObservationState.Stacked && record.Tiles.Contains(tile)
        orderby record.StackedAt, record.Name
        select new LedgerEntry(record.Name, record.ETag, record.Hash, record.Generation);

    private static async Task<(List<string> Problems, double? Largest)> CompareAsync(SurveySetup setup, StackLoader loader, TileHead head, CancellationToken cancellationToken)
    {
        var template = await setup.FindTemplateAsync(cancellationToken) ?? throw ServiceFaults.Damaged($"survey {setup.Name}", "no template", "that of its first observation");
        var (fresh, _) = await loader.WithoutAsync(head, new HashSet<string>(), fresh: true, template, cancellationToken);
        var (stored, lost, checkpointFailed) = await loader.LoadAsync(head, template, cancellationToken);
        var problems = new List<string>();
        if (checkpointFailed) problems.Add($"{head.Stored!.Manifest.Checkpoint}: it cannot be read, or is not of the ledger beside it");
        if (setup.Survey.LongestSlice > 0 && head.Undated is > 0 and var undated) problems.Add($"{undated} observations are from before the survey had slices, and nobody noted when they were made");
        problems.AddRange(lost.Select(entry => $"{entry.Observation}: the store has it no longer"));
        var difference = await Task.Run(() => stored.DifferenceFrom(fresh), cancellationToken);
        if (difference.Observations != 0) problems.Add($"found {stored.ObservationCount} observations, expected {fresh.ObservationCount}");
        if (difference.Counts > 0) problems.Add($"counts differ in {difference.Counts} bins");
        if (difference.Coverage > 0) problems.Add($"masks differ in {difference.Coverage} bins");
        if (!(difference.LargestRelative <= Tolerance)) problems.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{difference.LargestIn} differs by {difference.LargestRelative:g3} of itself, expected at most {Tolerance:g}"));
        return (problems, difference.LargestRelative);
    }

    /// <summary>What a ledger and the records of observations at their end say differently.</summary>
    private static IEnumerable<string> Strangers(string tile, TileLedger ledger, Dictionary<string, ObservationRecord> records)
    {
        foreach (var entry in ledger.Entries)
        {
            if (!records.TryGetValue(entry.Observation, out var record)) yield return $"{entry.Observation} is in the ledger and has no record";
            else if (record.State is ObservationState.Quarantined or ObservationState.Retracted) yield return $"{entry.Observation} is in the ledger, and its record says {record.State}: {record.Reason}";
            else if (record.State == ObservationState.Stacked && (entry.Hash is null || record.Hash is null ? entry.ETag != record.ETag : entry.Hash != record.Hash)) yield return $"{entry.Observation} is in the ledger in another version than its record says";
        }

        foreach (var record in records.Values.Where(record => record.State == ObservationState.Stacked && record.Tiles.Contains(tile) && ledger.Find(record.Name) is null).OrderBy(record => record.Name, StringComparer.Ordinal))
            yield return $"{record.Name} is not in the ledger, and its record says {record.State}";
    }
}
