namespace TsMapSurvey.Grains.Tests;

/// <summary>A write that waits: the test does what it wants to do meanwhile.</summary>
internal sealed class HeldWrite(string ending, int after)
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Ending { get; } = ending;

    /// <summary>How many come before it that are not held.</summary>
    public int After { get; set; } = after;

    /// <summary>Ends when the write has come.</summary>
    public Task Begun => _begun.Task;

    public void Release() => _released.TrySetResult();

    internal Task WaitAsync()
    {
        _begun.TrySetResult();
        return _released.Task;
    }
}
