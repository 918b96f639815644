using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using TsMapSurvey.Server.Cluster.Clocks;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests;

public sealed class ClusterClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TurnableTime _own = new(Start);
    private readonly ClusterClock _clock;
    private Func<DateTimeOffset> _told = () => throw new TimeoutException();

    public ClusterClockTests() => _clock = new ClusterClock(_ => Task.FromResult(_told()), _own);

    [Fact]
    public async Task Time_is_the_stores_and_goes_on_whatever_becomes_of_the_machines_clock()
    {
        _told = () => Start.AddHours(1);
        await _clock.SynchronizeAsync(CancellationToken.None);
        Assert.Equal(Start.AddHours(1), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(-1), _clock.OwnAhead);

        _own.Pass(TimeSpan.FromSeconds(20));
        _own.Wall -= TimeSpan.FromDays(1);
        Assert.Equal(Start.AddHours(1).AddSeconds(20), _clock.GetUtcNow());

        // The store's clock ran a little slower.
        _told = () => Start.AddHours(1).AddSeconds(19);
        await _clock.SynchronizeAsync(CancellationToken.None);
        Assert.Equal(Start.AddHours(1).AddSeconds(19), _clock.GetUtcNow());
    }

    [Fact]
    public void A_steady_clock_goes_on_from_its_start()
    {
        var steady = new SteadyClock(_own);
        _own.Wall -= TimeSpan.FromHours(1);
        Assert.Equal(Start, steady.GetUtcNow());
        _own.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal((Start.AddSeconds(5), TimeSpan.FromHours(-1)), (steady.GetUtcNow(), steady.OwnAhead));
    }

    [Fact]
    public async Task An_answer_counts_for_the_middle_of_the_waiting()
    {
        _told = () =>
        {
            _own.Pass(TimeSpan.FromSeconds(4));
            return Start.AddHours(1);
        };
        await _clock.SynchronizeAsync(CancellationToken.None);
        Assert.Equal(Start.AddHours(1).AddSeconds(2), _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_store_that_does_not_answer_leaves_the_clock_as_it_was()
    {
        _told = () => Start.AddHours(1);
        await _clock.SynchronizeAsync(CancellationToken.None);
        _told = () => throw new TimeoutException();
        _own.Pass(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<TimeoutException>(() => _clock.SynchronizeAsync(CancellationToken.None));
        Assert.Equal(Start.AddHours(1).AddMinutes(1), _clock.GetUtcNow());
    }

    [Fact]
    public void Orleans_has_the_fields_that_the_clock_is_put_into() => Assert.Null(MembershipTimes.Missing());

    [Fact]
    public async Task Where_the_machines_clocks_are_right_the_store_is_not_asked_for_the_time() =>
        Assert.Null(await ClusterClock.OpenAsync(
            new ServerSettings { ClusterClock = false }, _ => Task.FromResult(_told()), CancellationToken.None));

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Of_two_silos_at_one_address_the_one_with_the_later_generation_began_later_by_the_clusters_time(int clusterAheadS)
    {
        // Orleans derives generations from the machine's clock, so the ones before and after bound the one in between.
        var earliest = SiloAddress.AllocateNewGeneration();
        _own.Wall = DateTimeOffset.UtcNow;
        var latest = SiloAddress.AllocateNewGeneration();
        _told = () => _own.Wall.AddSeconds(clusterAheadS);
        await _clock.SynchronizeAsync(CancellationToken.None);
        var details = new SiloDetails(
            _clock, Options.Create(new SiloOptions { SiloName = "one" }), Options.Create(new ClusterOptions { ClusterId = "all" }),
            Options.Create(new EndpointOptions { AdvertisedIPAddress = IPAddress.Loopback, SiloPort = 11, GatewayPort = 12 }));
        Assert.Equal(("one", "all", new IPEndPoint(IPAddress.Loopback, 11), SiloAddress.New(IPAddress.Loopback, 12, 0)),
            (details.Name, details.ClusterId, details.SiloAddress.Endpoint, details.GatewayAddress));
        Assert.InRange(details.SiloAddress.Generation - clusterAheadS, earliest - 1, latest + 1);
    }
}
