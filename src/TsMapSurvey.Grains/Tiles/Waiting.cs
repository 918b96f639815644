using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains;

/// <summary>An observation that a tile is to add, and who waits for the answer.</summary>
internal sealed class Waiting(ObservationRef observation)
{
    public ObservationRef Observation { get; } = observation;

    public TaskCompletionSource<TileAddResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Settle(AddAnswer answer)
    {
        if (answer.Fault is { } fault) Answer.TrySetException(fault);
        else Answer.TrySetResult(answer.Result!);
    }
}
