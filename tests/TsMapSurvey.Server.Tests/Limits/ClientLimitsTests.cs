using System.Net;
using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests.Limits;

[Trait("Pace", "slow")]
public sealed class ClientLimitsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_mean_rate_is_that_of_the_settings_whenever_the_requests_come()
    {
        var limits = new ClientLimits(new ServerSettings { ClientRequests = 7 }, _time);
        var (client, taken) = (Remote("192.0.2.1"), 0);
        var random = new Random(1);
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromMinutes(10);)
        {
            for (var i = random.Next(40); i > 0; i--) taken += IsTaken(limits, client) ? 1 : 0;
            var pause = TimeSpan.FromMilliseconds(random.Next(1500));
            _time.Advance(pause);
            elapsed += pause;
        }

        Assert.InRange(taken, 7 * 600, 7 * 620 + 20);
    }

    [Fact]
    public void Requests_that_run_are_counted_until_they_end()
    {
        var limits = new ClientLimits(new ServerSettings { ClientRunning = 3, ClientRunningCostly = 2 }, _time);
        var (one, other) = (Remote("192.0.2.1"), Remote("192.0.2.2"));
        var (first, _) = (limits.Enter(one, true), limits.Enter(one, true));
        Assert.Contains("2 costly", Refused(limits, one, true).Message, StringComparison.Ordinal);
        limits.Enter(one, false);
        Assert.Contains("3 requests", Refused(limits, one, false).Message, StringComparison.Ordinal);
        Assert.Equal(2, FailureTable.Of(Refused(limits, one, false)).RetryAfterS);
        limits.Enter(one, false, isStream: true);
        limits.Enter(other, true);
        limits.Leave(first);
        limits.Enter(one, true);
        Assert.Equal(429, Refused(limits, one, false).Status);
    }

    [Fact]
    public void Costly_requests_of_all_clients_have_one_limit_which_refused_ones_do_not_use_up()
    {
        var limits = new ClientLimits(new ServerSettings { MaxCostly = 3, ClientRunningCostly = 1 }, _time);
        var places = Enumerable.Range(1, 3).Select(number => limits.Enter(Remote($"192.0.2.{number}"), true)).ToArray();
        Assert.Equal(503, Refused(limits, Remote("192.0.2.9"), true).Status);
        Assert.Equal(503, Refused(limits, new Caller(default, Permissions.Read, false, true), true).Status);
        limits.Enter(Remote("192.0.2.9"), false);
        limits.Leave(places[0]);
        for (var i = 0; i < 10; i++) Assert.Equal(429, Refused(limits, Remote("192.0.2.2"), true).Status);
        limits.Enter(Remote("192.0.2.9"), true);
    }

    [Fact]
    public void Programs_of_this_machine_have_no_limits_unless_the_settings_say_so()
    {
        var settings = new ServerSettings { ClientRequests = 1 };
        var own = new Caller(ClientId.OfAddress(IPAddress.Loopback), Permissions.Read, false, true);
        var (limits, strict) = (new ClientLimits(settings, _time), new ClientLimits(settings with { LimitOwnMachine = true }, _time));
        for (var i = 0; i < 1000; i++) Assert.True(IsTaken(limits, own));
        Assert.Equal(20, Enumerable.Range(0, 1000).Count(_ => IsTaken(strict, own)));
    }

    [Fact]
    public void Nought_means_no_limit()
    {
        var limits = new ClientLimits(new ServerSettings { ClientRequests = 0, ClientCostly = 0 }, _time);
        for (var i = 0; i < 10_000; i++) limits.Leave(limits.Enter(Remote("192.0.2.1"), true));
        Assert.Equal(0, limits.Burst);
    }

    [Fact]
    public void Clients_are_forgotten_when_their_limits_are_as_those_of_new_ones()
    {
        var limits = new ClientLimits(new ServerSettings { ClientRequests = 1, ClientRunning = 2 }, _time);
        var held = Remote("192.0.2.1");
        limits.Enter(held, false);
        limits.Enter(held, false);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 60_000; i++)
            {
                var client = new ClientId(ClientKind.Address, (UInt128)(1_000_000 * (round + 1) + i));
                limits.Leave(limits.Enter(new Caller(client, Permissions.None, false, false), false));
            }

            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.True(limits.Clients <= 100_000, $"{limits.Clients}");
        Assert.Equal(429, Refused(limits, held, false).Status);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "c000:201::", false)]
    [InlineData("::1", "127.0.0.1", false)]
    public void A_network_of_IPv6_is_one_client(string one, string other, bool areOne) =>
        Assert.Equal(areOne, ClientId.OfAddress(IPAddress.Parse(one)) == ClientId.OfAddress(IPAddress.Parse(other)));

    private static Caller Remote(string address) => new(ClientId.OfAddress(IPAddress.Parse(address)), Permissions.Read, false, false);

    private static RequestException Refused(ClientLimits limits, Caller caller, bool isCostly) =>
        Assert.Throws<RequestException>(() => limits.Enter(caller, isCostly));

    private static bool IsTaken(ClientLimits limits, Caller caller)
    {
        try
        {
            limits.Leave(limits.Enter(caller, false));
            return true;
        }
        catch (RequestException refused) when (refused.Status == 429)
        {
            return false;
        }
    }
}
