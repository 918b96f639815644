using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>Applies batches of changes to a tile's stack: adds to it, or rebuilds it without the versions to remove.</summary>
internal sealed class TileChanges(
    SurveySetup setup, TileId tile, HeldStack held, StackLoader loader, ObservationReader reader, StackMemory memory)
{
    /// <summary>
    /// Changes that failed as Blocked, because another observation of the stack cannot be read. They are retried together with that
    /// observation's change, since two changes that block each other can only be applied together. Their callers retry too.
    /// </summary>
    private readonly Dictionary<string, TileChange> _blocked = new(StringComparer.Ordinal);

    /// <inheritdoc cref="TileStack.ApplyAsync"/>
    public async Task<ChangeAnswer[]> ApplyAsync(IReadOnlyList<TileChange> changes, CancellationToken cancellationToken)
    {
        using var batch = new ChangeBatch(changes, held.Head!, observation => reader.ReadAsync(setup, observation, cancellationToken));
        foreach (var pending in batch.Unanswered.ToArray()) await pending.ReadAsync(held.Head!, tile);
        if (batch.Unanswered.Any(pending => pending.Verdict == TileVerdict.Rebuild))
            await RebuildAsync([.. batch.Unanswered], cancellationToken);
        if (batch.Unanswered.Any()) await AddAsync([.. batch.Unanswered], cancellationToken);
        return batch.Answers;
    }

    private async Task AddAsync(PendingChange[] changes, CancellationToken cancellationToken)
    {
        var adding = changes.Where(pending => pending.Observed is not null).ToArray();
        TileChange[] fencing = [.. changes.Where(pending => pending.Observed is null).Select(pending => pending.Change)];
        var stack = adding.Length > 0 ? await held.LoadAsync(adding[0].Observed, cancellationToken) : null;
        try
        {
            var added = await AddedAsync(stack, adding);
            if (added.Length + fencing.Length > 0)
            {
                var head = held.Head!;
                var checkpoint = head.Stored?.Manifest.Checkpoint;
                var next = new NextRevision(stack, head.Ledger.With(added), [.. head.Tail, .. added], checkpoint, fencing);
                await held.CommitAsync(next, cancellationToken);
            }
        }
        catch
        {
            held.Forget();
            throw;
        }

        foreach (var pending in changes) pending.Settle(held.Head!);
    }

    /// <summary>
    /// Rebuilds the stack without the old versions and with everything to add, in one commit. If an observation that must stay cannot be
    /// read, the stack stays as it was, and the changes are remembered and fail as Blocked.
    /// </summary>
    private async Task RebuildAsync(PendingChange[] changes, CancellationToken cancellationToken)
    {
        var remembered = await ReadBlockedAsync(changes, cancellationToken);
        PendingChange[] all = [.. changes, .. remembered];
        var leaving = Leaving(all).Select(pending => pending.Change.Observation.Name).ToHashSet(StringComparer.Ordinal);
        await memory.Rebuilds.WaitAsync(cancellationToken);
        try
        {
            var head = held.Head!;
            var (stack, onCheckpoint) = await loader.WithoutAsync(head, leaving, fresh: false, cancellationToken);
            var added = await AddedAsync(stack, [.. all.Where(pending => pending.Observed is not null)]);
            var ledger = head.Ledger.Without(leaving).With(added);
            LedgerEntry[] tail = onCheckpoint
                ? [.. head.Tail.Where(entry => !leaving.Contains(entry.Observation)), .. added]
                : [.. ledger.Entries];
            // A refused version still removes the old one: the observation will be quarantined.
            var fencing = all.Where(pending => pending.Observed is null || pending.Refusal is not null).Select(pending => pending.Change);
            var checkpoint = onCheckpoint ? head.Stored!.Manifest.Checkpoint : null;
            head = await held.CommitAsync(new NextRevision(stack, ledger, tail, checkpoint, [.. fencing]), cancellationToken);
            held.Put(stack);
            foreach (var pending in all) pending.Settle(head);
            foreach (var pending in remembered) _blocked.Remove(pending.Change.Observation.Name);
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked)
        {
            await held.EnsureNewestAsync(cancellationToken);
            foreach (var pending in Leaving(changes))
            {
                _blocked[pending.Change.Observation.Name] = pending.Change;
                pending.Fail(blocked);
            }
        }
        finally
        {
            memory.Rebuilds.Release();
            remembered.ForEach(pending => pending.Release());
        }
    }

    private static IEnumerable<PendingChange> Leaving(IEnumerable<PendingChange> changes) =>
        changes.Where(pending => pending.Verdict == TileVerdict.Rebuild);

    /// <summary>Adds the observations, and returns the entries of those that the stack accepted.</summary>
    private async Task<LedgerEntry[]> AddedAsync(DatasetStack? stack, PendingChange[] adding)
    {
        await Task.Run(() => Array.ForEach(adding, pending => pending.AddTo(stack!)), CancellationToken.None);
        return [.. adding.Where(pending => pending.Refusal is null).Select(pending => pending.ToEntry(setup.Survey))];
    }

    /// <summary>Reads the changes that were blocked before, and returns those that can be applied now.</summary>
    private async Task<List<PendingChange>> ReadBlockedAsync(PendingChange[] changes, CancellationToken cancellationToken)
    {
        var remembered = new List<PendingChange>();
        foreach (var change in _blocked.Values.ToArray())
        {
            var pending = new PendingChange(change, held.Head!.Judge(change));
            if (pending.Verdict != TileVerdict.Rebuild) _blocked.Remove(change.Observation.Name);
            else if (!Array.Exists(changes, other => other.Change.Observation.Name == change.Observation.Name))
            {
                pending.StartReading(observation => reader.ReadAsync(setup, observation, cancellationToken));
                await pending.ReadAsync(held.Head!, tile);
                if (pending.Answer is null) remembered.Add(pending);
            }
        }

        return remembered;
    }
}
