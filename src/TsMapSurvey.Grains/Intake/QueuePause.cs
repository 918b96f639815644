namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// The pause between two polls of a queue: none after messages, then a short one that doubles while the queue stays empty. Storage queues
/// cannot wait for a message, and each poll costs, so that a queue with traffic is polled more often than one without.
/// </summary>
internal sealed class QueuePause(TimeSpan longest)
{
    /// <summary>The shortest pause is so many times shorter than the longest.</summary>
    private const int Shortest = 32;

    private readonly TimeSpan _longest = longest;
    private TimeSpan _next = longest;

    /// <param name="messages">The number of messages that the last poll found.</param>
    public TimeSpan After(int messages)
    {
        if (messages > 0)
        {
            _next = _longest / Shortest;
            return TimeSpan.Zero;
        }

        var pause = _next;
        _next = 2 * pause < _longest ? 2 * pause : _longest;
        return pause;
    }
}
