namespace TsMapSurvey.Testing;

/// <summary>A wall clock that can be set, and a stopwatch that goes on meanwhile; no timers.</summary>
public sealed class TurnableTime(DateTimeOffset start) : TimeProvider
{
    private long _ticks;

    public DateTimeOffset Wall { get; set; } = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time)
    {
        _ticks += time.Ticks;
        Wall += time;
    }

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long GetTimestamp() => _ticks;
}
