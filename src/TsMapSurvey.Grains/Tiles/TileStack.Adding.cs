using TsMapSurvey.Contracts;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

internal sealed partial class TileStack
{
    private async Task<AddAnswer[]> AddNowAsync(IReadOnlyList<ObservationRef> batch, CancellationToken cancellationToken)
    {
        var head = await OpenAsync(cancellationToken);
        var answers = new AddAnswer[batch.Count];
        var fresh = new List<(int Index, LedgerEntry Entry, MapDataset Dataset)>();
        var readings = batch.Select(observation => head.Ledger.VersionOf(observation.Name) is null ? reader.ReadAsync(setup, observation, cancellationToken) : null).ToArray();
        for (var i = 0; i < batch.Count; i++)
        {
            var (observation, there) = (batch[i], head.Ledger.VersionOf(batch[i].Name));
            if (there is not null) answers[i] = Known(observation, there, head.Revision);
            else if (fresh.Exists(other => other.Entry.Observation == observation.Name)) answers[i] = new AddAnswer(null, ServiceFaults.WrongState(observation.Name, ObservationState.Stacking, "one version at a time"));
            else if (await ReadAsync(readings[i]!) is var (dataset, answer) && dataset is null) answers[i] = answer;
            else fresh.Add((i, new LedgerEntry(observation.Name, observation.ETag), dataset!));
        }

        if (fresh.Count == 0) return answers;
        var stack = await LoadAsync(fresh[0].Dataset, cancellationToken);
        try
        {
            var refused = await Task.Run(() => Stack(stack, fresh), CancellationToken.None);
            foreach (var (index, reason) in refused) answers[index] = new AddAnswer(new TileAddResult(TileAddOutcome.Refused, _head!.Revision, reason), null);
            var added = fresh.Where(item => !refused.ContainsKey(item.Index)).Select(item => item.Entry).ToArray();
            if (added.Length > 0) await CommitAsync(stack, _head!.Ledger.With(added), [.. _head.Tail, .. added], cancellationToken);
        }
        catch
        {
            Forget();
            throw;
        }

        foreach (var (index, _, _) in fresh)
            if (answers[index].Result is null) answers[index] = new AddAnswer(new TileAddResult(TileAddOutcome.Added, _head!.Revision, null), null);
        return answers;
    }

    /// <summary>Adds in the batch's order; what is refused leaves no trace in the stack.</summary>
    private static Dictionary<int, string> Stack(DatasetStack stack, List<(int Index, LedgerEntry Entry, MapDataset Dataset)> fresh)
    {
        var refused = new Dictionary<int, string>();
        foreach (var (index, entry, dataset) in fresh)
        {
            try
            {
                stack.Add(dataset);
            }
            catch (MapException bad)
            {
                refused.Add(index, $"{entry.Observation}: {bad.Message}");
            }
        }

        return refused;
    }

    /// <summary>Makes the stack in memory the tile's next revision. Every failure, a lost race too, leaves the outcome to whoever looks next.</summary>
    private async Task CommitAsync(DatasetStack stack, TileLedger ledger, LedgerEntry[] tail, CancellationToken cancellationToken)
    {
        var head = _head!;
        var (name, commitId) = (tile.ToString(), TileStore.NewCommitId());
        var manifest = new TileManifest
        {
            Tile = name,
            Revision = head.Revision + 1,
            CommitId = commitId,
            Checkpoint = head.Stored?.Manifest.Checkpoint,
            Tail = tail,
            Observations = ledger.Entries.Count,
            CommittedAt = time.GetUtcNow(),
        };
        try
        {
            var full = tail.Length > options.TailLength || tail.Length == 0;
            if (full) manifest = manifest with { Checkpoint = await WriteCheckpointAsync(stack, ledger, manifest, cancellationToken), Tail = [] };
            var result = await setup.Tiles.CommitAsync(manifest, head.Stored?.ETag, cancellationToken);
            if (result.Outcome != CommitOutcome.Committed) throw ServiceFaults.LostRace(name, result.Found?.Manifest.Revision ?? 0);
            _head = new TileHead(result.Found!, ledger);
            if (full) await SweepAsync(result.Found!.Manifest, cancellationToken);
        }
        catch
        {
            Forget();
            throw;
        }
    }

    private async Task<string> WriteCheckpointAsync(DatasetStack stack, TileLedger ledger, TileManifest manifest, CancellationToken cancellationToken)
    {
        var folder = $"{SurveySetup.RootOf(setup.Name)}tiles/{manifest.Tile}/checkpoints/";
        await CheckpointLedger.WriteAsync(setup.Blobs, folder, manifest.Revision, manifest.CommitId, ledger, cancellationToken);
        using var content = new MemoryStream();
        await Task.Run(() => stack.Write(content), cancellationToken);
        content.Position = 0;
        return await setup.Tiles.WriteCheckpointAsync(manifest.Tile, manifest.Revision, manifest.CommitId, content, cancellationToken);
    }

    /// <summary>What is left over costs room and no more: a failure waits for the next sweep.</summary>
    private async Task SweepAsync(TileManifest committed, CancellationToken cancellationToken)
    {
        try
        {
            await setup.Tiles.PruneCheckpointsAsync(committed, cancellationToken);
        }
        catch (Exception bad) when (bad is StorageException or OperationCanceledException)
        {
        }
    }

    private static AddAnswer Known(ObservationRef observation, string there, long revision) => there == observation.ETag
        ? new AddAnswer(new TileAddResult(TileAddOutcome.AlreadyThere, revision, null), null)
        : new AddAnswer(new TileAddResult(TileAddOutcome.OtherVersion, revision, $"{observation.Name}: version {there} is stacked, found {observation.ETag}"), null);

    private async Task<(MapDataset? Dataset, AddAnswer Answer)> ReadAsync(Task<MapDataset> reading)
    {
        try
        {
            return (await reading, default);
        }
        catch (UnusableObservationException bad) when (bad.IsInternal)
        {
            // It was read once, when it was planned; other tiles may have it: not refused, but tried again.
            return (null, new AddAnswer(null, ServiceFaults.Internal(tile.ToString(), bad.InnerException!)));
        }
        catch (UnusableObservationException bad)
        {
            var outcome = bad.IsGone ? TileAddOutcome.Gone : TileAddOutcome.Refused;
            return (null, new AddAnswer(new TileAddResult(outcome, _head!.Revision, bad.Message), null));
        }
        catch (StorageException bad)
        {
            return (null, new AddAnswer(null, ServiceFaults.Of(bad)));
        }
        catch (IOException bad)
        {
            return (null, new AddAnswer(null, new SurveyServiceException(ServiceError.StoreUnavailable, bad.Message)));
        }
    }
}
