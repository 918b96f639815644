using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tiles;

internal sealed partial class TileStack
{
    /// <summary>
    /// Changes that had to wait for an observation that cannot be read again: made with the change of that one, since two that wait for each other can
    /// only be made together. Who asked for them was told, and asks again.
    /// </summary>
    private readonly Dictionary<string, TileChange> _blocked = new(StringComparer.Ordinal);

    private async Task<ChangeAnswer[]> ApplyNowAsync(IReadOnlyList<TileChange> batch, CancellationToken cancellationToken)
    {
        var head = await OpenAsync(cancellationToken);
        var answers = new ChangeAnswer[batch.Count];
        var todo = new List<Pending>();
        foreach (var (change, i) in batch.Select((change, i) => (change, i)).OrderByDescending(item => item.change.Generation).ThenBy(item => item.i))
        {
            var verdict = head.Judge(change);
            if (verdict == TileVerdict.Superseded) answers[i] = Answer(change, TileChangeOutcome.Superseded, $"{change.Observation.Name}: a later change was made before");
            else if (verdict == TileVerdict.AlreadySo) answers[i] = Answer(change, TileChangeOutcome.AlreadySo, null);
            else if (todo.Exists(other => other.Change.Observation.Name == change.Observation.Name)) answers[i] = new ChangeAnswer(null, ServiceErrors.WrongState(change.Observation.Name, ObservationState.Stacking, "one change at a time"));
            else todo.Add(new Pending(change, verdict) { Index = i, Reading = change.Removes || verdict == TileVerdict.Fence ? null : reader.ReadAsync(setup, change.Observation, cancellationToken) });
        }

        try
        {
            todo.Sort((one, other) => one.Index.CompareTo(other.Index));
            foreach (var pending in todo) await ReadAsync(pending);
            if (todo.Exists(pending => pending is { Verdict: TileVerdict.TakeOut, Answer: null })) await TakeOutAsync(todo, cancellationToken);
            if (todo.Exists(pending => pending.Answer is null)) await AddAsync(todo, cancellationToken);
            foreach (var pending in todo) answers[pending.Index] = pending.Answer!.Value;
            return answers;
        }
        finally
        {
            todo.ForEach(pending => pending.EndLoan());
        }
    }

    /// <summary>Adds on top of the stack as it is; what is refused leaves no trace in it.</summary>
    private async Task AddAsync(List<Pending> todo, CancellationToken cancellationToken)
    {
        var (adding, fencing) = (todo.Where(pending => pending is { Answer: null, Dataset: not null }).ToArray(), todo.Where(pending => pending is { Answer: null, Dataset: null }).ToArray());
        var stack = adding.Length > 0 ? await LoadAsync(adding[0].Dataset, cancellationToken) : null;
        try
        {
            await Task.Run(() => Array.ForEach(adding, pending => pending.AddTo(stack!)), CancellationToken.None);
            var added = adding.Where(pending => pending.Refusal is null).Select(pending => pending.EntryIn(setup.Survey)).ToArray();
            if (added.Length + fencing.Length > 0)
                await CommitAsync(stack, _head!.Ledger.With(added), [.. _head.Tail, .. added], _head.Stored?.Manifest.Checkpoint, [.. fencing.Select(pending => pending.Change)], cancellationToken);
        }
        catch
        {
            Forget();
            throw;
        }

        foreach (var pending in adding.Concat(fencing)) pending.Answer = Settled(pending);
    }

    /// <summary>
    /// Makes the stack again without the old versions and with all that is to be added, in one commit. What cannot be done for want of another
    /// observation is remembered and answered as blocked; the stack then stays as it was.
    /// </summary>
    private async Task TakeOutAsync(List<Pending> todo, CancellationToken cancellationToken)
    {
        var open = todo.Where(pending => pending.Answer is null).ToList();
        var remembered = await RememberedAsync(open, cancellationToken);
        var all = open.Concat(remembered).ToArray();
        var leaving = all.Where(pending => pending.Verdict == TileVerdict.TakeOut).Select(pending => pending.Change.Observation.Name).ToHashSet(StringComparer.Ordinal);
        await memory.Rebuilds.WaitAsync(cancellationToken);
        try
        {
            var (stack, onCheckpoint) = await _loader.WithoutAsync(_head!, leaving, fresh: false, await TemplateAsync(null, cancellationToken), cancellationToken);
            var adding = all.Where(pending => pending.Dataset is not null).ToArray();
            await Task.Run(() => Array.ForEach(adding, pending => pending.AddTo(stack)), CancellationToken.None);
            var added = adding.Where(pending => pending.Refusal is null).Select(pending => pending.EntryIn(setup.Survey)).ToArray();
            var ledger = _head!.Ledger.Without(leaving).With(added);
            LedgerEntry[] tail = onCheckpoint ? [.. _head.Tail.Where(entry => !leaving.Contains(entry.Observation)), .. added] : [.. ledger.Entries];
            // A version that its stack refuses takes the old one out all the same: the observation is on its way into quarantine.
            TileChange[] fencing = [.. all.Where(pending => pending.Dataset is null || pending.Refusal is not null).Select(pending => pending.Change)];
            await CommitAsync(stack, ledger, tail, onCheckpoint ? _head.Stored!.Manifest.Checkpoint : null, fencing, cancellationToken);
            memory.Put(_slot, stack, stack.ByteSize);
            foreach (var pending in all) pending.Answer = Settled(pending);
            foreach (var pending in remembered) _blocked.Remove(pending.Change.Observation.Name);
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked)
        {
            await DemandNewestAsync(cancellationToken);
            foreach (var pending in open.Where(pending => pending.Verdict == TileVerdict.TakeOut))
            {
                _blocked[pending.Change.Observation.Name] = pending.Change;
                pending.Answer = new ChangeAnswer(null, blocked);
            }
        }
        finally
        {
            memory.Rebuilds.Release();
            remembered.ForEach(pending => pending.EndLoan());
        }
    }

    /// <summary>What was blocked before and can be read now.</summary>
    private async Task<List<Pending>> RememberedAsync(List<Pending> open, CancellationToken cancellationToken)
    {
        var remembered = new List<Pending>();
        foreach (var change in _blocked.Values.ToArray())
        {
            var verdict = _head!.Judge(change);
            if (verdict != TileVerdict.TakeOut) _blocked.Remove(change.Observation.Name);
            else if (!open.Exists(other => other.Change.Observation.Name == change.Observation.Name))
            {
                var pending = new Pending(change, verdict) { Reading = change.Removes ? null : reader.ReadAsync(setup, change.Observation, cancellationToken) };
                await ReadAsync(pending);
                if (pending.Answer is null) remembered.Add(pending);
            }
        }

        return remembered;
    }

    private ChangeAnswer Settled(Pending pending) => pending.Refusal is { } reason ? Answer(pending.Change, TileChangeOutcome.Refused, reason) : Answer(pending.Change, TileChangeOutcome.Done, null);

    private ChangeAnswer Answer(TileChange change, TileChangeOutcome outcome, string? reason) =>
        new(new TileChangeResult(outcome, _head!.Revision, reason, _head.NewestOf(change.Observation.Name)), null);

    private async Task ReadAsync(Pending pending)
    {
        if (pending.Reading is null) return;
        try
        {
            pending.Dataset = (await pending.Reading).Dataset;
        }
        catch (UnusableException bad) when (bad.IsInternal)
        {
            // It was read once, when it was planned; other tiles may have it: not refused, but tried again.
            pending.Answer = new ChangeAnswer(null, ServiceErrors.Internal(tile.ToString(), bad.InnerException!));
        }
        catch (UnusableException bad)
        {
            pending.Answer = Answer(pending.Change, bad.IsGone ? TileChangeOutcome.Gone : TileChangeOutcome.Refused, bad.Message);
        }
        catch (StorageException bad)
        {
            pending.Answer = new ChangeAnswer(null, ServiceErrors.Of(bad));
        }
        catch (IOException bad)
        {
            pending.Answer = new ChangeAnswer(null, new SurveyServiceException(ServiceError.StoreUnavailable, bad.Message));
        }
    }

    /// <summary>A change that is to be made, as far as it is.</summary>
    private sealed class Pending(TileChange change, TileVerdict verdict)
    {
        public TileChange Change { get; } = change;

        public TileVerdict Verdict { get; } = verdict;

        public int Index { get; init; }

        public Task<LentDataset>? Reading { get; init; }

        public MapDataset? Dataset { get; set; }

        public string? Refusal { get; private set; }

        public ChangeAnswer? Answer { get; set; }

        public LedgerEntry EntryIn(Survey survey)
        {
            var hasSlices = survey.LongestSlice > 0;
            var start = hasSlices ? survey.Nights.StartOf(Dataset!) : null;
            return new LedgerEntry(
                Change.Observation.Name, Change.Observation.ETag, Change.Observation.Hash, Change.Generation, DatasetBytes.Of(Dataset!),
                start, hasSlices && start is null);
        }

        /// <summary>Also of a reading that nobody waited for.</summary>
        public void EndLoan() => Reading?.ContinueWith(static reading => reading.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        public void AddTo(DatasetStack stack)
        {
            try
            {
                stack.Add(Dataset!);
            }
            catch (MapException bad)
            {
                Refusal = $"{Change.Observation.Name}: {bad.Message}";
            }
        }
    }
}
