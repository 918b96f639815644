using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>Makes batches of changes in a tile's stack: adds on top of it, or makes it again without what is to be taken out.</summary>
internal sealed class TileChanges(
    SurveySetup setup, TileId tile, HeldStack held, StackLoader loader, ObservationReader reader, StackMemory memory)
{
    /// <summary>
    /// Changes that had to wait for an observation that cannot be read again: made with the change of that one, since two that wait for
    /// each other can only be made together. Who asked for them was told, and asks again.
    /// </summary>
    private readonly Dictionary<string, TileChange> _blocked = new(StringComparer.Ordinal);

    /// <inheritdoc cref="TileStack.ApplyAsync"/>
    public async Task<ChangeAnswer[]> ApplyAsync(IReadOnlyList<TileChange> changes, CancellationToken cancellationToken)
    {
        using var batch = new ChangeBatch(changes, held.Head!, observation => reader.ReadAsync(setup, observation, cancellationToken));
        foreach (var pending in batch.Open.ToArray()) await pending.ReadAsync(held.Head!, tile);
        if (batch.Open.Any(pending => pending.Verdict == TileVerdict.TakeOut)) await TakeOutAsync([.. batch.Open], cancellationToken);
        if (batch.Open.Any()) await AddAsync([.. batch.Open], cancellationToken);
        return batch.Answers;
    }

    /// <summary>Adds on top of the stack as it is; what is refused leaves no trace in it.</summary>
    private async Task AddAsync(PendingChange[] open, CancellationToken cancellationToken)
    {
        var adding = open.Where(pending => pending.Dataset is not null).ToArray();
        TileChange[] fencing = [.. open.Where(pending => pending.Dataset is null).Select(pending => pending.Change)];
        var stack = adding.Length > 0 ? await held.LoadAsync(adding[0].Dataset, cancellationToken) : null;
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

        foreach (var pending in open) pending.Settle(held.Head!);
    }

    /// <summary>
    /// Makes the stack again without the old versions and with all that is to be added, in one commit. What cannot be done for want of
    /// another observation is remembered and answered as blocked; the stack then stays as it was.
    /// </summary>
    private async Task TakeOutAsync(PendingChange[] open, CancellationToken cancellationToken)
    {
        var remembered = await RememberedAsync(open, cancellationToken);
        PendingChange[] all = [.. open, .. remembered];
        var leaving = Leaving(all).Select(pending => pending.Change.Observation.Name).ToHashSet(StringComparer.Ordinal);
        await memory.Rebuilds.WaitAsync(cancellationToken);
        try
        {
            var head = held.Head!;
            var (stack, onCheckpoint) = await loader.WithoutAsync(head, leaving, fresh: false, cancellationToken);
            var added = await AddedAsync(stack, [.. all.Where(pending => pending.Dataset is not null)]);
            var ledger = head.Ledger.Without(leaving).With(added);
            LedgerEntry[] tail = onCheckpoint
                ? [.. head.Tail.Where(entry => !leaving.Contains(entry.Observation)), .. added]
                : [.. ledger.Entries];
            // A version that its stack refuses takes the old one out all the same: the observation is on its way into quarantine.
            var fencing = all.Where(pending => pending.Dataset is null || pending.Refusal is not null).Select(pending => pending.Change);
            var checkpoint = onCheckpoint ? head.Stored!.Manifest.Checkpoint : null;
            head = await held.CommitAsync(new NextRevision(stack, ledger, tail, checkpoint, [.. fencing]), cancellationToken);
            held.Put(stack);
            foreach (var pending in all) pending.Settle(head);
            foreach (var pending in remembered) _blocked.Remove(pending.Change.Observation.Name);
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked)
        {
            await held.DemandNewestAsync(cancellationToken);
            foreach (var pending in Leaving(open))
            {
                _blocked[pending.Change.Observation.Name] = pending.Change;
                pending.Fail(blocked);
            }
        }
        finally
        {
            memory.Rebuilds.Release();
            remembered.ForEach(pending => pending.EndLoan());
        }
    }

    private static IEnumerable<PendingChange> Leaving(IEnumerable<PendingChange> changes) =>
        changes.Where(pending => pending.Verdict == TileVerdict.TakeOut);

    /// <summary>Adds what was read, and gives the entries of what the stack did not refuse.</summary>
    private async Task<LedgerEntry[]> AddedAsync(DatasetStack? stack, PendingChange[] adding)
    {
        await Task.Run(() => Array.ForEach(adding, pending => pending.AddTo(stack!)), CancellationToken.None);
        return [.. adding.Where(pending => pending.Refusal is null).Select(pending => pending.EntryIn(setup.Survey))];
    }

    /// <summary>What was blocked before and can be read now.</summary>
    private async Task<List<PendingChange>> RememberedAsync(PendingChange[] open, CancellationToken cancellationToken)
    {
        var remembered = new List<PendingChange>();
        foreach (var change in _blocked.Values.ToArray())
        {
            var pending = new PendingChange(change, held.Head!.Judge(change));
            if (pending.Verdict != TileVerdict.TakeOut) _blocked.Remove(change.Observation.Name);
            else if (!Array.Exists(open, other => other.Change.Observation.Name == change.Observation.Name))
            {
                pending.Begin(observation => reader.ReadAsync(setup, observation, cancellationToken));
                await pending.ReadAsync(held.Head!, tile);
                if (pending.Answer is null) remembered.Add(pending);
            }
        }

        return remembered;
    }
}
