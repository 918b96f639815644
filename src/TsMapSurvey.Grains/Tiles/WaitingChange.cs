using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A change that waits for a commit, and its callers' answer.</summary>
internal sealed class WaitingChange(TileChange change)
{
    public TileChange Change { get; } = change;

    public TaskCompletionSource<TileChangeResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Settle(ChangeAnswer answer)
    {
        if (answer.Fault is { } fault) Answer.TrySetException(fault);
        else Answer.TrySetResult(answer.Result!);
    }
}
