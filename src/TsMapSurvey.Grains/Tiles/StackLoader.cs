using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// Makes a tile's stack again from what is committed: checkpoint, then the tail's observations in their order, which gives the very bits
/// that were there. A checkpoint that cannot be read is replaced by adding the whole ledger again in its order. One observation at a time
/// is held.
/// </summary>
internal sealed class StackLoader(SurveySetup setup, TileId tile, ObservationReader reader)
{
    /// <param name="first">An observation that gives the survey its template where it has none yet; null: it has one.</param>
    /// <returns>The stack, and the entries whose observations are deleted or can no longer be read: they are not in it.</returns>
    /// <exception cref="SurveyServiceException">
    /// Blocked: an observation was overwritten; its next version, on its way, will make the stack without it.
    /// </exception>
    public async Task<(DatasetStack Stack, IReadOnlyList<LedgerEntry> Lost, bool CheckpointFailed)> LoadAsync(
        TileHead head, MapDataset? first, CancellationToken cancellationToken)
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
    /// The stack of the ledger without some observations, which are not read: on the checkpoint where none of them is in it, else from
    /// nothing.
    /// </summary>
    /// <param name="fresh">Whether even a checkpoint without them must not be used.</param>
    /// <returns>The stack, and whether it stands on the checkpoint.</returns>
    /// <exception cref="SurveyServiceException">
    /// Blocked: another observation cannot be read again; without it the stack would lose it.
    /// </exception>
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

    /// <summary>Null when it is added; else why it cannot be.</summary>
    public async Task<UnusableException?> TryAddAsync(DatasetStack stack, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var observation = new ObservationRef(entry.Observation, entry.ETag, entry.Hash);
        try
        {
            using var lent = await reader.ReadAsync(setup, observation, cancellationToken);
            await Task.Run(() => stack.Add(lent.Dataset), cancellationToken);
            return null;
        }
        catch (UnusableException exception) when (exception.IsInternal)
        {
            // A defect of ours must not make a tile forget what it has.
            throw ServiceErrors.Internal($"tile {tile}, {entry.Observation}", exception.InnerException!);
        }
        catch (UnusableException exception)
        {
            return exception;
        }
        catch (MapException exception)
        {
            return ServiceErrors.Unusable(observation.Name, exception);
        }
    }
}
