using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Grains.Intake;

namespace TsMapSurvey.Grains.Tests;

public sealed class IntakeQueueTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly IntakeQueue _queue;

    public IntakeQueueTests() =>
        _queue = new IntakeQueue(new GrainOptions
        {
            ObservationsInFlight = 2,
            RetryDelay = TimeSpan.FromSeconds(1),
            MaxRetryDelay = TimeSpan.FromSeconds(3)
        }, _clock);

    [Fact]
    public void First_come_first_served_each_once_and_no_more_at_a_time_than_allowed()
    {
        foreach (var name in new[] { "a", "b", "a", "c" }) _queue.Add(name);
        Assert.Equal(("a", "b", null), (_queue.Take(), _queue.Take(), _queue.Take()));
        Assert.Equal((1, 2), (_queue.Count, _queue.InFlight));
        _queue.Done("a");
        Assert.Equal(("c", null), (_queue.Take(), _queue.Take()));
        _queue.Done("b");
        _queue.Done("c");
        Assert.Equal((null, 0, 0), (_queue.Take(), _queue.Count, _queue.InFlight));
    }

    [Fact]
    public void What_comes_while_it_is_being_worked_on_is_not_lost_and_not_worked_on_twice_at_a_time()
    {
        _queue.Add("a");
        Assert.Equal("a", _queue.Take());
        _queue.Add("a");
        _queue.Add("a");
        Assert.Null(_queue.Take());
        _queue.Done("a");
        Assert.Equal("a", _queue.Take());
        _queue.Add("a");
        Assert.Equal(TimeSpan.Zero, _queue.Retry("a"));
        Assert.Equal("a", _queue.Take());
        _queue.Done("a");
        Assert.Null(_queue.Take());
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_up_nobody()
    {
        var clock = new TurnableTime(DateTimeOffset.UnixEpoch);
        var queue = new IntakeQueue(new GrainOptions { RetryDelay = TimeSpan.FromSeconds(1) }, clock);
        queue.Add("a");
        Assert.Equal("a", queue.Take());
        queue.Retry("a");
        clock.Wall -= TimeSpan.FromHours(1);
        Assert.Null(queue.Take());
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("a", queue.Take());
    }

    [Fact]
    public void What_failed_waits_longer_each_time_unless_there_is_news_of_it()
    {
        _queue.Add("a");
        foreach (var expected in new[] { 1, 2, 3, 3 })
        {
            Assert.Equal("a", _queue.Take());
            Assert.Equal(TimeSpan.FromSeconds(expected), _queue.Retry("a"));
            _clock.Advance(TimeSpan.FromSeconds(expected) - TimeSpan.FromTicks(1));
            Assert.Equal((null, 1, 0), (_queue.Take(), _queue.Count, _queue.InFlight));
            _clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal("a", _queue.Take());
        _queue.Retry("a");
        _queue.Add("a");
        Assert.Equal("a", _queue.Take());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(_queue.Take());
        _queue.Done("a");
        Assert.Null(_queue.Take());
        _queue.Add("a");
        Assert.Equal("a", _queue.Take());
        Assert.Equal(TimeSpan.FromSeconds(1), _queue.Retry("a"));
    }
}
