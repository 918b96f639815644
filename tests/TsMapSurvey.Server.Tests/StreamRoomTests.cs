using System.Net;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.LiveFeed;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests;

public sealed class StreamRoomTests
{
    [Fact]
    public void A_client_has_its_share_and_all_together_have_the_rest()
    {
        var room = new StreamRoom(new ServerSettings { MaxStreams = 3, MaxStreamsPerClient = 2 });
        var (one, other) = (ClientOf("192.0.2.1"), ClientOf("192.0.2.2"));
        var first = room.Enter(one);
        room.Enter(one);
        Assert.Equal(429, Assert.Throws<RequestException>(() => room.Enter(one)).Status);
        room.Enter(other);
        Assert.Equal(503, Assert.Throws<RequestException>(() => room.Enter(other)).Status);
        first.Dispose();
        first.Dispose();
        room.Enter(other);
        Assert.Equal(503, Assert.Throws<RequestException>(() => room.Enter(one)).Status);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void A_network_of_IPv6_is_one_client(string one, string other, bool areOne)
    {
        var room = new StreamRoom(new ServerSettings { MaxStreamsPerClient = 1 });
        room.Enter(ClientOf(one));

        Assert.Equal(areOne, Record.Exception(() => room.Enter(ClientOf(other))) is RequestException { Status: 429 });
    }

    private static ClientId ClientOf(string address) => ClientId.OfAddress(IPAddress.Parse(address));
}
