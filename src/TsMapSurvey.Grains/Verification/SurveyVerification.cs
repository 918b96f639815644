using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Verification;

/// <summary>
/// Makes every tile's stack anew from the observations of its ledger and compares it with the one that is stored, straight from the store
/// and without any server. Ledgers are compared with the observations' records too, and whatever carries a checksum with that.
/// </summary>
public sealed class SurveyVerification(IBlobStore blobs, TimeProvider? time = null) : IDisposable
{
    /// <summary>Sums may differ by this from adding in another order.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>One tile at a time, however large: what a server has stacked is to be verified.</summary>
    private static readonly GrainOptions Options = new() { StackBytes = 0, TileBytes = long.MaxValue };

    private readonly ObservationReader _reader = new(Options);
    private readonly StackMemory _memory = new(Options);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// First the records of observations and what is published, each only where something is wrong with it, then all tiles in order of
    /// their names. A repair replaces a manifest by the same conditional write as any commit: it loses against one that a server makes
    /// meanwhile, and a server that holds the tile notices at its next commit. What is published and damaged is deleted: it is made again
    /// when it is asked for.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownSurvey; the store's faults.</exception>
    public async IAsyncEnumerable<TileVerification> RunAsync(
        string survey, bool repair, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var setup = await new SurveyCatalog(blobs, Options).GetAsync(survey, cancellationToken);
        var tiles = await TilesAsync(setup, cancellationToken);
        if (await VerifyRecordsAsync(setup, tiles, repair, cancellationToken) is { } records) yield return records;
        if (await VerifyPublishedAsync(setup, repair, cancellationToken) is { } published) yield return published;
        foreach (var tile in tiles) yield return await VerifyAsync(setup, tile, repair, cancellationToken);
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Those that have a manifest, and those that observations are recorded to be stacked in.</summary>
    private async Task<IReadOnlyCollection<string>> TilesAsync(SurveySetup setup, CancellationToken cancellationToken)
    {
        var records = (await setup.Records.ReadAsync(_time.GetUtcNow(), cancellationToken)).Records;
        var tiles = new SortedSet<string>(
            records.Where(record => record.State == RecordState.Stacked).SelectMany(record => record.Tiles), StringComparer.Ordinal);
        await foreach (var tile in setup.Tiles.ListTilesAsync(cancellationToken)) tiles.Add(tile);
        return tiles;
    }

    private async Task<TileVerification?> VerifyRecordsAsync(
        SurveySetup setup, IEnumerable<string> tiles, bool repair, CancellationToken cancellationToken)
    {
        var ledgers = new Dictionary<string, TileLedger>(StringComparer.Ordinal);
        foreach (var name in tiles)
        {
            if (!setup.Survey.Tiling.TryParse(name, out var tile)) continue;
            try
            {
                ledgers[name] = (await StackOf(setup, tile, RecoveryRule.Never).HeadAsync(cancellationToken)).Ledger;
            }
            catch (SurveyServiceException exception) when (exception.Error == ServiceError.StoreRefused)
            {
                // It is told with the tile.
            }
        }

        var found = RecordRepair.Problems(await setup.Records.ReadAsync(_time.GetUtcNow(), cancellationToken), ledgers);
        if (found.Count == 0) return null;
        var (records, told) = (new RecordRepair(setup, _time), new List<string>());
        foreach (var (observation, problem) in found)
            told.Add(
                $"{observation}: {problem}{(repair ? await records.WriteAsync(observation, problem, ledgers, cancellationToken) : "")}");
        return new TileVerification(TileVerification.Records, 0, found.Count, null, told, repair);
    }

    private async Task<TileVerification?> VerifyPublishedAsync(SurveySetup setup, bool repair, CancellationToken cancellationToken)
    {
        var (published, problems, names) = (new DerivedBlobs(blobs, setup.Name), new List<string>(), new List<string>());
        await foreach (var (name, problem) in published.FindDamagedAsync(cancellationToken))
        {
            names.Add(name);
            problems.Add($"{name}: {problem}{(repair ? "; deleted: it is made again when it is asked for" : "")}");
        }

        foreach (var name in repair ? names : []) await published.DeleteAsync(name, cancellationToken);
        return problems.Count == 0 ? null : new TileVerification(TileVerification.Published, 0, 0, null, problems, repair);
    }

    private async Task<TileVerification> VerifyAsync(SurveySetup setup, string name, bool repair, CancellationToken cancellationToken)
    {
        if (!setup.Survey.Tiling.TryParse(name, out var tile))
            return new TileVerification(name, 0, 0, null, [$"'{name}' is no tile of this survey"], false);
        var found = await LookAsync(setup, tile, cancellationToken);
        if (!repair || found.Problems.Count == 0) return found;
        var (done, after) = (new List<string>(), found);
        try
        {
            var stack = StackOf(setup, tile, RecoveryRule.Always, done.Add);
            await stack.ReconcileAsync(cancellationToken);
            await stack.RestackAsync(cancellationToken);
            after = await LookAsync(setup, tile, cancellationToken);
        }
        catch (SurveyServiceException exception)
        {
            after = found with { Problems = [exception.Message] };
        }

        // What was done begins with what was wrong.
        var told = found.Problems.Where(problem => !done.Exists(what => what.StartsWith(problem, StringComparison.Ordinal)));
        return after with { Problems = [.. told.Union(done).Union(after.Problems)], Repaired = after.Problems.Count == 0 };
    }

    private async Task<TileVerification> LookAsync(SurveySetup setup, TileId tile, CancellationToken cancellationToken)
    {
        var (name, head) = (tile.ToString(), TileHead.Empty);
        try
        {
            head = await StackOf(setup, tile, RecoveryRule.Never).HeadAsync(cancellationToken);
            var (problems, largest) = await CompareAsync(setup, new StackLoader(setup, tile, _reader), head, cancellationToken);
            var records = (await setup.Records.ReadAsync(_time.GetUtcNow(), cancellationToken)).Records.ToDictionary(
                record => record.Name, StringComparer.Ordinal);
            return new TileVerification(
                name, head.Revision, head.Ledger.Entries.Count, largest, [.. problems, .. Strangers(name, head.Ledger, records)], false);
        }
        catch (Exception exception) when (exception is SurveyServiceException or StorageException)
        {
            return new TileVerification(name, head.Revision, head.Ledger.Entries.Count, null, [exception.Message], false);
        }
    }

    private TileStack StackOf(SurveySetup setup, TileId tile, RecoveryRule recovery, Action<string>? recovered = null) =>
        new(setup, tile, _reader, _memory, Options, _time, new TileRepair(recovery, recovered));

    private static async Task<(List<string> Problems, double? Largest)> CompareAsync(
        SurveySetup setup, StackLoader loader, TileHead head, CancellationToken cancellationToken)
    {
        var (fresh, _) = await loader.WithoutAsync(head, new HashSet<string>(), fresh: true, cancellationToken);
        var (stored, lost, checkpointFailed) = await loader.LoadAsync(head, null, cancellationToken);
        var problems = new List<string>();
        if (checkpointFailed) problems.Add($"{head.Stored!.Manifest.Checkpoint}: it cannot be read, or is not of the ledger beside it");
        if (setup.Survey.LongestSlice > 0 && head.Undated is > 0 and var undated)
            problems.Add($"{undated} observations are from before the survey had slices, and nobody noted when they were made");
        problems.AddRange(lost.Select(entry => $"{entry.Observation}: the store has it no longer"));
        var difference = await Task.Run(() => stored.DifferenceFrom(fresh), cancellationToken);
        if (difference.Observations != 0) problems.Add($"found {stored.ObservationCount} observations, expected {fresh.ObservationCount}");
        if (difference.Counts > 0) problems.Add($"counts differ in {difference.Counts} bins");
        if (difference.Coverage > 0) problems.Add($"masks differ in {difference.Coverage} bins");
        if (!(difference.LargestRelative <= Tolerance)) problems.Add(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{difference.LargestIn} differs by {difference.LargestRelative:g3} of itself, expected at most {Tolerance:g}"));
        return (problems, difference.LargestRelative);
    }

    /// <summary>What a ledger and the records of observations at their end say differently.</summary>
    private static IEnumerable<string> Strangers(string tile, TileLedger ledger, Dictionary<string, ObservationRecord> records)
    {
        foreach (var entry in ledger.Entries)
        {
            if (!records.TryGetValue(entry.Observation, out var record))
                yield return $"{entry.Observation} is in the ledger and has no record";
            else if (record.State is RecordState.Quarantined or RecordState.Retracted)
                yield return $"{entry.Observation} is in the ledger, and its record says {record.State}: {record.Reason}";
            else if (record.State == RecordState.Stacked && (entry.Hash is null || record.Hash is null ? entry.ETag != record.ETag
                : entry.Hash != record.Hash)) yield return $"{entry.Observation} is in the ledger in another version than its record says";
        }

        foreach (var record in records.Values.Where(record => record.State == RecordState.Stacked && record.Tiles.Contains(tile)
            && ledger.Find(record.Name) is null).OrderBy(record => record.Name, StringComparer.Ordinal))
            yield return $"{record.Name} is not in the ledger, and its record says {record.State}";
    }
}
