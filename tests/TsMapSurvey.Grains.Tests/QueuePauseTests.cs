using TsMapSurvey.Grains.Intake;

namespace TsMapSurvey.Grains.Tests;

public sealed class QueuePauseTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    [Fact]
    public void An_idle_queue_is_polled_at_the_longest_pause()
    {
        var pause = new QueuePause(Longest);
        Assert.Equal([Longest, Longest, Longest], Enumerable.Repeat(0, 3).Select(pause.After));
    }

    [Fact]
    public void After_messages_it_is_polled_at_once_and_then_less_and_less_often()
    {
        var pause = new QueuePause(Longest);
        Assert.Equal([0, 0, 31.25, 62.5, 125, 250, 500, 1000, 1000],
            new[] { 3, 1, 0, 0, 0, 0, 0, 0, 0 }.Select(messages => pause.After(messages).TotalMilliseconds));
        Assert.Equal([0, 31.25], new[] { 1, 0 }.Select(messages => pause.After(messages).TotalMilliseconds));
    }
}
