using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Limits;

namespace TsMapSurvey.Server.Tests.Limits;

public sealed class TimedBodyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_trickles_is_given_up_when_its_time_is_over()
    {
        var (time, pipe, buffer) = (new FakeTimeProvider(), new Pipe(), new byte[10]);
        await using var body = new TimedBody(pipe.Reader.AsStream(), TimeSpan.FromSeconds(30), time);
        for (var second = 0; second < 29; second++)
        {
            await pipe.Writer.WriteAsync("x"u8.ToArray(), Token);
            Assert.Equal(1, await body.ReadAsync(buffer, Token));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var last = body.ReadAsync(buffer, Token).AsTask();
        Assert.False(last.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var refused = await Assert.ThrowsAsync<RequestException>(() => last);
        Assert.Equal((408, "body: it had not arrived after 30 s"), (refused.Status, refused.Message));
    }

    [Fact]
    public async Task A_body_that_arrives_in_time_is_read_as_it_is()
    {
        await using var body = new TimedBody(new MemoryStream("whole"u8.ToArray()), TimeSpan.FromSeconds(30), new FakeTimeProvider());
        using var reader = new StreamReader(body);

        Assert.Equal("whole", await reader.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task A_client_that_goes_away_is_not_taken_for_a_slow_one()
    {
        using var gone = new CancellationTokenSource();
        await using var body = new TimedBody(new Pipe().Reader.AsStream(), TimeSpan.FromSeconds(30), new FakeTimeProvider());
        var read = body.ReadAsync(new byte[1], gone.Token).AsTask();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }
}
