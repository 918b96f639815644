using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A batch of changes, each judged by what is committed: what is to be added begins to be read, the rest has its answer.</summary>
internal sealed class ChangeBatch : IDisposable
{
    private readonly PendingChange[] _changes;

    public ChangeBatch(IReadOnlyList<TileChange> changes, TileHead head, Func<ObservationRef, Task<LentDataset>> read)
    {
        _changes = [.. changes.Select(change => new PendingChange(change, head.Judge(change)))];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pending in _changes.OrderByDescending(pending => pending.Change.Generation))
        {
            var name = pending.Change.Observation.Name;
            if (pending.Verdict == TileVerdict.Superseded)
                pending.Settle(head, TileChangeOutcome.Superseded, $"{name}: a later change was made before");
            else if (pending.Verdict == TileVerdict.AlreadySo) pending.Settle(head, TileChangeOutcome.AlreadySo, null);
            else if (!names.Add(name)) pending.Fail(ServiceErrors.WrongState(name, ObservationState.Stacking, "one change at a time"));
            else pending.Begin(read);
        }
    }

    /// <summary>Those without an answer, in the order of the batch.</summary>
    public IEnumerable<PendingChange> Open => _changes.Where(pending => pending.Answer is null);

    /// <summary>In the order of the batch, when none is open.</summary>
    public ChangeAnswer[] Answers => [.. _changes.Select(pending => pending.Answer!.Value)];

    /// <summary>Also of readings that nobody waited for.</summary>
    public void Dispose() => Array.ForEach(_changes, pending => pending.EndLoan());
}
