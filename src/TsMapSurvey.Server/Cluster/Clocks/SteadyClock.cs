namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>A clock that never jumps or goes back: the machine's time at its creation plus the elapsed monotonic time.</summary>
internal class SteadyClock(TimeProvider own) : TimeProvider
{
    private volatile Reading _reading = new(own.GetUtcNow(), own.GetTimestamp());

    public override long TimestampFrequency => own.TimestampFrequency;

    /// <summary>How far this machine's clock is ahead of this one.</summary>
    public TimeSpan OwnAhead => own.GetUtcNow() - GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        var reading = _reading;
        return reading.Time + own.GetElapsedTime(reading.At);
    }

    public override long GetTimestamp() => own.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        own.CreateTimer(callback, state, dueTime, period);

    protected void Set(DateTimeOffset time, long at) => _reading = new Reading(time, at);

    private sealed record Reading(DateTimeOffset Time, long At);
}
