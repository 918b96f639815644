using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// Rebuilds a tile's stack from what is committed: the checkpoint, then the tail's observations in their order, which reproduces the stack
/// bit for bit. If the checkpoint cannot be read, the whole ledger is added in its order. Holds one observation in memory at a time.
/// </summary>
internal sealed class StackLoader(SurveySetup setup, TileId tile, ObservationReader reader)
{
    /// <param name="first">An observation that defines the survey's template if there is none yet; null: it exists.</param>
    /// <returns>The stack, and the entries that are not in it because their observations are deleted or unreadable.</returns>
    /// <exception cref="SurveyServiceException">
    /// Blocked: an observation was overwritten. The change to its next version will rebuild the stack without it.
    /// </exception>
    public async Task<(DatasetStack Stack, IReadOnlyList<LedgerEntry> Lost, bool CheckpointFailed)> LoadAsync(
        TileHead head, IObservedData? first, CancellationToken cancellationToken)
    {
        var template = await (first is null ? setup.TemplateAsync(cancellationToken) : setup.TemplateAsync(first, cancellationToken));
        var checkpoint = await ReadCheckpointAsync(head, template, cancellationToken);
        var failed = checkpoint is null && head.Stored?.Manifest.Checkpoint is not null;
        var stack = checkpoint ?? new DatasetStack(setup.Survey.GridWithHalo(tile), template);
        var missing = failed ? head.Ledger.Entries : head.Tail;
        var lost = new List<LedgerEntry>();
        foreach (var entry in missing)
        {
            if (await TryAddAsync(stack, entry, cancellationToken) is not { } reason) continue;
            if (reason.IsGone && await setup.Observations.FindAsync(entry.Observation, cancellationToken) is not null)
                throw ServiceErrors.Blocked(tile.ToString(), entry, reason.Message);
            lost.Add(entry);
        }

        return (stack, lost, failed);
    }

    /// <summary>
    /// Builds the stack of the ledger without some observations: on top of the checkpoint if it has none of them, otherwise from scratch.
    /// </summary>
    /// <param name="fresh">Whether to ignore the checkpoint in any case.</param>
    /// <returns>The stack, and whether it is based on the checkpoint.</returns>
    /// <exception cref="SurveyServiceException">Blocked: an observation that must stay cannot be read.</exception>
    public async Task<(DatasetStack Stack, bool OnCheckpoint)> WithoutAsync(
        TileHead head, IReadOnlySet<string> observations, bool fresh, CancellationToken cancellationToken)
    {
        var template = await setup.TemplateAsync(cancellationToken);
        var inTail = head.Tail.Select(entry => entry.Observation).ToHashSet(StringComparer.Ordinal);
        var usable = !fresh && observations.All(name => inTail.Contains(name) || head.Ledger.Find(name) is null);
        var checkpoint = usable ? await ReadCheckpointAsync(head, template, cancellationToken) : null;
        var stack = checkpoint ?? new DatasetStack(setup.Survey.GridWithHalo(tile), template);
        foreach (var entry in checkpoint is null ? head.Ledger.Entries : head.Tail)
            if (!observations.Contains(entry.Observation) && await TryAddAsync(stack, entry, cancellationToken) is { } reason)
                throw ServiceErrors.Blocked(tile.ToString(), entry, reason.Message);
        return (stack, checkpoint is not null);
    }

    private async Task<DatasetStack?> ReadCheckpointAsync(TileHead head, MapDataset template, CancellationToken cancellationToken)
    {
        if (head.Stored?.Manifest is not { Checkpoint: not null } manifest) return null;
        try
        {
            var stream = await setup.Tiles.OpenCheckpointAsync(manifest, cancellationToken);
            if (stream is null) return null;
            await using (stream)
            {
                var grid = setup.Survey.GridWithHalo(tile);
                var stack = await Task.Run(() => DatasetStack.Read(stream, manifest.Checkpoint, grid, template), cancellationToken);
                return stack.ObservationCount == manifest.Observations - manifest.Tail.Count ? stack : null;
            }
        }
        catch (Exception exception) when (exception is FitsException or MapException or StorageException { Error: StorageError.NotFound })
        {
            return null;
        }
    }

    /// <summary>Adds an observation to a stack. Returns null, or the reason why it cannot be added.</summary>
    public async Task<UnusableException?> TryAddAsync(DatasetStack stack, LedgerEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await reader.ReadAsync(setup, entry.Version, cancellationToken);
            await Task.Run(() => stack.Add(lease.Observation.On(stack.Geometry)), cancellationToken);
            return null;
        }
        catch (UnusableException exception) when (exception.IsInternal)
        {
            // A bug in this program must not remove an observation from a tile.
            throw ServiceErrors.Internal($"tile {tile}, {entry.Observation}", exception.InnerException!);
        }
        catch (UnusableException exception)
        {
            return exception;
        }
        catch (MapException exception)
        {
            return ServiceErrors.Unusable(entry.Observation, exception);
        }
    }
}
