using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests.Access;

public sealed class TokenCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_not_asked_for_each_token()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var (time, asked) = (new FakeTimeProvider(), 0);
        var closing = CloseAllAsync(listener, () => Interlocked.Increment(ref asked));
        using var check = new TokenCheck(
            new ServerSettings { TokenAuthority = $"http://{listener.LocalEndpoint}/t", TokenAudiences = ["a"] }, time);

        async Task<int> AskedAfterAsync()
        {
            Assert.Equal(503, (await Assert.ThrowsAsync<RequestException>(() => check.ReadAsync("a.b.c", Token))).Status);
            return Volatile.Read(ref asked);
        }

        var first = await AskedAfterAsync();
        Assert.True(first > 0);
        Assert.Equal(first, await AskedAfterAsync());
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await AskedAfterAsync() > first);
        listener.Stop();
        await closing;
    }

    [Fact]
    public async Task The_roles_of_a_token_are_its_permissions()
    {
        using var issuer = new TokenIssuer();
        using var check = new TokenCheck(
            new ServerSettings
            {
                TokenAuthority = issuer.Authority + "/",
                TokenAudiences = ["another", TokenIssuer.Audience],
                TokenReadRole = "r",
                TokenWriteRole = "w",
            },
            TimeProvider.System);

        Assert.Equal(new TokenHolder("subject-1", Permissions.Read), await check.ReadAsync(issuer.Token("x", "r"), Token));
        Assert.Equal(new TokenHolder("subject-1", Permissions.All), await check.ReadAsync(issuer.Token("w"), Token));
        Assert.Equal(
            new TokenHolder("subject-1", Permissions.Read | Permissions.Operate),
            await check.ReadAsync(issuer.Token("r", "Survey.Operate"), Token));
        Assert.Equal(new TokenHolder("subject-1", Permissions.None), await check.ReadAsync(issuer.Token("Survey.Write"), Token));
    }

    private static async Task CloseAllAsync(TcpListener listener, Action accepted)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(Token);
                accepted();
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // Stopped, while it waited or between two clients.
        }
    }
}
