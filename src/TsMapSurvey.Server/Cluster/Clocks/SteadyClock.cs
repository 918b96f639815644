namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// A time that never goes back or jumps: the machine's when it was made, and what has passed since on a clock that nobody sets.
/// </summary>
internal class SteadyClock(TimeProvider own) : TimeProvider
{
    private volatile Said _said = new(own.GetUtcNow(), own.GetTimestamp());

    public override long TimestampFrequency => own.TimestampFrequency;

    /// <summary>What the clock of this machine is ahead of this one.</summary>
    public TimeSpan OwnAhead => own.GetUtcNow() - GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        var said = _said;
        return said.Time + own.GetElapsedTime(said.At);
    }

    public override long GetTimestamp() => own.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        own.CreateTimer(callback, state, dueTime, period);

    protected void Set(DateTimeOffset time, long at) => _said = new Said(time, at);

    private sealed record Said(DateTimeOffset Time, long At);
}
