using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// A batch of changes, judged by the committed head. The constructor answers stale changes and starts reading the observations to add.
/// </summary>
internal sealed class ChangeBatch : IDisposable
{
    private readonly PendingChange[] _changes;

    public ChangeBatch(IReadOnlyList<TileChange> changes, TileHead head, Func<ObservationRef, Task<ObservationLease>> read)
    {
        _changes = [.. changes.Select(change => new PendingChange(change, head.Judge(change)))];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pending in _changes.OrderByDescending(pending => pending.Change.Generation))
        {
            var name = pending.Change.Observation.Name;
            if (pending.Verdict == TileVerdict.Superseded)
                pending.Settle(head, TileChangeOutcome.Superseded, $"{name}: a later change was applied before");
            else if (pending.Verdict == TileVerdict.AlreadySo) pending.Settle(head, TileChangeOutcome.AlreadySo, null);
            else if (!names.Add(name)) pending.Fail(ServiceErrors.WrongState(name, ObservationState.Stacking, "one change at a time"));
            else pending.StartReading(read);
        }
    }

    /// <summary>Changes without an answer, in the order of the batch.</summary>
    public IEnumerable<PendingChange> Unanswered => _changes.Where(pending => pending.Answer is null);

    /// <summary>Requires that no change is unanswered; in the order of the batch.</summary>
    public ChangeAnswer[] Answers => [.. _changes.Select(pending => pending.Answer!.Value)];

    public void Dispose() => Array.ForEach(_changes, pending => pending.Release());
}
