using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Verification;

/// <summary>
/// Rebuilds every tile's stack from the observations of its ledger and compares it with the stored one, directly on the store and without a
/// server. Also compares ledgers with the observations' records, and checks checksums.
/// </summary>
public sealed class SurveyVerification(IBlobStore blobs, TimeProvider? time = null) : IDisposable
{
    /// <summary>Relative difference of sums that another order of addition may cause.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>No memory limit: every tile that a server has stacked must be verifiable, one at a time.</summary>
    private static readonly GrainOptions Options = new() { StackBytes = 0, TileBytes = long.MaxValue };

    private readonly ObservationReader _reader = new(Options);
    private readonly StackMemory _memory = new(Options);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// Returns the problems of records and of published blobs, if there are any, and then all tiles, sorted by name. A repair replaces a
    /// manifest by the same conditional write as any commit: it loses against a concurrent commit of a server, and a server that holds the
    /// tile notices the repair at its next commit. Damaged published blobs are deleted, and recreated at the next request.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownSurvey, or a storage error.</exception>
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

    /// <summary>Tiles that have a manifest, and tiles in which observations are recorded as stacked.</summary>
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
                // The tile's own verification reports it.
            }
        }

        var found = RecordRepair.Problems(await setup.Records.ReadAsync(_time.GetUtcNow(), cancellationToken), ledgers);
        if (found.Count == 0) return null;
        var (records, problems) = (new RecordRepair(setup, _time), new List<string>());
        foreach (var (observation, problem) in found)
            problems.Add(
                $"{observation}: {problem}{(repair ? await records.WriteAsync(observation, problem, ledgers, cancellationToken) : "")}");
        return new TileVerification(TileVerification.Records, 0, found.Count, null, problems, repair);
    }

    private async Task<TileVerification?> VerifyPublishedAsync(SurveySetup setup, bool repair, CancellationToken cancellationToken)
    {
        var (published, problems, names) = (new DerivedBlobs(blobs, setup.Name), new List<string>(), new List<string>());
        await foreach (var (name, problem) in published.FindDamagedAsync(cancellationToken))
        {
            names.Add(name);
            problems.Add($"{name}: {problem}{(repair ? "; deleted, and recreated at the next request" : "")}");
        }

        foreach (var name in repair ? names : []) await published.DeleteAsync(name, cancellationToken);
        return problems.Count == 0 ? null : new TileVerification(TileVerification.Published, 0, 0, null, problems, repair);
    }

    private async Task<TileVerification> VerifyAsync(SurveySetup setup, string name, bool repair, CancellationToken cancellationToken)
    {
        if (!setup.Survey.Tiling.TryParse(name, out var tile))
            return new TileVerification(name, 0, 0, null, [$"'{name}' is not a tile of this survey"], false);
        var found = await InspectAsync(setup, tile, cancellationToken);
        if (!repair || found.Problems.Count == 0) return found;
        var (done, after) = (new List<string>(), found);
        try
        {
            var stack = StackOf(setup, tile, RecoveryRule.Always, done.Add);
            await stack.ReconcileAsync(cancellationToken);
            await stack.RestackAsync(cancellationToken);
            after = await InspectAsync(setup, tile, cancellationToken);
        }
        catch (SurveyServiceException exception)
        {
            after = found with { Problems = [exception.Message] };
        }

        // The description of a repair starts with the problem.
        var remaining = found.Problems.Where(problem => !done.Exists(what => what.StartsWith(problem, StringComparison.Ordinal)));
        return after with { Problems = [.. remaining.Union(done).Union(after.Problems)], Repaired = after.Problems.Count == 0 };
    }

    private async Task<TileVerification> InspectAsync(SurveySetup setup, TileId tile, CancellationToken cancellationToken)
    {
        var (name, head) = (tile.ToString(), TileHead.Empty);
        try
        {
            head = await StackOf(setup, tile, RecoveryRule.Never).HeadAsync(cancellationToken);
            var (problems, largest) = await CompareAsync(setup, new StackLoader(setup, tile, _reader), head, cancellationToken);
            var records = (await setup.Records.ReadAsync(_time.GetUtcNow(), cancellationToken)).Records.ToDictionary(
                record => record.Name, StringComparer.Ordinal);
            return new TileVerification(
                name, head.Revision, head.Ledger.Entries.Count, largest, [.. problems, .. Conflicts(name, head.Ledger, records)], false);
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
        if (checkpointFailed) problems.Add($"{head.Stored!.Manifest.Checkpoint}: it cannot be read or does not match its ledger");
        if (setup.Survey.LongestSliceNights > 0 && head.Undated is > 0 and var undated)
            problems.Add($"{undated} observations have no recorded start time, because they were added before the survey had slices");
        problems.AddRange(lost.Select(entry => $"{entry.Observation}: it is no longer in the store"));
        var difference = await Task.Run(() => stored.DifferenceFrom(fresh), cancellationToken);
        if (difference.Observations != 0) problems.Add($"found {stored.ObservationCount} observations, expected {fresh.ObservationCount}");
        if (difference.Counts > 0) problems.Add($"counts differ in {difference.Counts} bins");
        if (difference.Coverage > 0) problems.Add($"masks differ in {difference.Coverage} bins");
        if (!(difference.LargestRelative <= Tolerance)) problems.Add(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{difference.LargestIn} has a relative difference of {difference.LargestRelative:g3}, expected at most {Tolerance:g}"));
        return (problems, difference.LargestRelative);
    }

    /// <summary>The conflicts between a ledger and the records of settled observations.</summary>
    private static IEnumerable<string> Conflicts(string tile, TileLedger ledger, Dictionary<string, ObservationRecord> records)
    {
        foreach (var entry in ledger.Entries)
        {
            if (!records.TryGetValue(entry.Observation, out var record))
                yield return $"{entry.Observation} is in the ledger but has no record";
            else if (record.State is RecordState.Quarantined or RecordState.Retracted)
                yield return $"{entry.Observation} is in the ledger, but its record says {record.State}: {record.Reason}";
            else if (record.State == RecordState.Stacked && (entry.Hash is null || record.Hash is null ? entry.ETag != record.ETag
                : entry.Hash != record.Hash)) yield return $"{entry.Observation} is in the ledger in another version than in its record";
        }

        foreach (var record in records.Values.Where(record => record.State == RecordState.Stacked && record.Tiles.Contains(tile)
            && ledger.Find(record.Name) is null).OrderBy(record => record.Name, StringComparer.Ordinal))
            yield return $"{record.Name} is not in the ledger, but its record says {record.State}";
    }
}
