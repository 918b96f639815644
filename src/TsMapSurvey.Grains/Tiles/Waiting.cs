using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A change that a tile is to make, and who waits for the answer.</summary>
internal sealed class Waiting(TileChange change)
{
    public TileChange Change { get; } = change;

    public TaskCompletionSource<TileChangeResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Settle(ChangeAnswer answer)
    {
        if (answer.Fault is { } fault) Answer.TrySetException(fault);
        else Answer.TrySetResult(answer.Result!);
    }
}
