namespace TsMapSurvey.Grains.Tests;

/// <summary>The system's clock without timers: what would wait for a time waits for ever, except for timers that are due at once.</summary>
internal sealed class NoTimers : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(
            callback, state, dueTime == TimeSpan.Zero ? dueTime : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
