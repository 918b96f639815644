using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Grains.Intake;

namespace TsMapSurvey.Grains.Tests;

public sealed class IntakePauseTests
{
    [Theory]
    [InlineData(40, 100_000, 400)]
    [InlineData(30_000, 100_000, 101_000)]
    [InlineData(30_000, 6, 1_006)]
    [InlineData(30_000, 0, 1_000)]
    public void After_a_listing_comes_ten_times_its_time_but_no_more_than_its_length_explains(int tookMs, int observations, int pauseMs)
    {
        var time = new FakeTimeProvider();
        var pause = new IntakePause(time);
        Assert.True(pause.IsOver);

        pause.Start(TimeSpan.FromMilliseconds(tookMs), observations);
        time.Advance(TimeSpan.FromMilliseconds(pauseMs - 1));
        Assert.False(pause.IsOver);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(pause.IsOver);
    }

    [Fact]
    public void A_clock_that_is_turned_back_does_not_lengthen_it()
    {
        var time = new TurnedBack();
        var pause = new IntakePause(time);
        pause.Start(TimeSpan.FromMilliseconds(1), 100);
        time.Ticks += TimeSpan.TicksPerSecond;
        Assert.True(pause.IsOver);
    }

    /// <summary>Its clock goes back as fast as its time goes on.</summary>
    private sealed class TurnedBack : TimeProvider
    {
        public long Ticks { get; set; } = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch - TimeSpan.FromTicks(Ticks);
    }
}
