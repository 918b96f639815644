using Microsoft.AspNetCore.Http;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;

namespace TsMapSurvey.Server.Tests;

public sealed class TicketOutcomeTests
{
    private static readonly DateTimeOffset At = new(2020, 6, 5, 1, 2, 3, TimeSpan.Zero);
    private static readonly SliceWindow Window = new("7d", 58998, 59004, At.AddDays(-7), At);

    private static readonly (TicketState State, string? Blob, bool Fresh, int Status)[] Outcomes =
    [
        (TicketState.Ready, "blob", false, 200), (TicketState.Ready, "blob", true, 200),
        (TicketState.Computing, "older", false, 200), (TicketState.Computing, "older", true, 202),
        (TicketState.Computing, null, false, 202), (TicketState.Computing, null, true, 202),
        (TicketState.Failed, "older", false, 200), (TicketState.Failed, "older", true, 503), (TicketState.Failed, null, false, 503),
        (TicketState.Failed, null, true, 503),
        (TicketState.Empty, null, false, 404), (TicketState.Empty, null, true, 404),
    ];

    [Fact]
    public async Task What_is_there_is_served_unless_a_fresh_one_is_asked_for_and_the_rest_is_202_404_or_503()
    {
        foreach (var (state, blob, fresh, status) in Outcomes)
        {
            Assert.Equal((state, blob, fresh, status), (state, blob, fresh, await StatusAsync(() => Map(state, blob).Pending(fresh))));
            Assert.Equal((state, blob, fresh, status), (state, blob, fresh, await StatusAsync(() => Mosaic(state, blob).Pending(fresh))));
            if (!fresh) Assert.Equal((state, blob, status), (state, blob, await StatusAsync(() => Stack(state, blob).Pending())));
        }
    }

    [Fact]
    public void The_reason_is_told()
    {
        Assert.Equal("map point of tile x001y001: no counts",
            Assert.Throws<RequestException>(() => (Map(TicketState.Empty, null) with { Reason = "no counts" }).Pending(false)).Message);
        Assert.Equal("sqrt_ts of map point could not be computed: no room",
            Assert.Throws<RequestException>(() => (Mosaic(TicketState.Failed, null) with { Reason = "no room" }).Pending(false)).Message);
    }

    [Fact]
    public async Task A_client_that_has_to_wait_is_told_which_revision_it_would_get_and_which_is_coming()
    {
        var context = await ExecuteAsync(Map(TicketState.Computing, "older").Pending(fresh: true)!);
        var answer = System.Text.Json.JsonDocument.Parse(((MemoryStream)context.Response.Body).ToArray()).RootElement;
        Assert.Equal(("computing", 12, 13), (answer.GetProperty("state").GetString(), answer.GetProperty("revision")
            .GetInt64(), answer.GetProperty("newestRevision").GetInt64()));
        Assert.True(answer.GetProperty("stale").GetBoolean());
        Assert.Equal(
            ("12", "true"), (context.Response.Headers["Tsmap-Revision"].ToString(), context.Response.Headers["Tsmap-Stale"].ToString()));
    }

    [Fact]
    public void A_mosaic_is_stale_while_tiles_of_it_are_pending_and_each_ticket_keeps_its_window()
    {
        var mosaic = Mosaic(TicketState.Ready, "blob") with { Revision = 13 };
        Assert.Equal(new DataVersion(13, At, false), mosaic.Version());
        Assert.True((mosaic with { TilesPending = 1 }).Version().Stale);
        Assert.True((mosaic with { NewestRevision = 14 }).Version().Stale);
        Assert.Equal(new DataVersion(12, At, true, Window), (Map(TicketState.Ready, "blob") with { Window = Window }).Version());
        Assert.True((Map(TicketState.Ready, "blob") with { NewestRevision = 12, IsEarlierWindow = true }).Version().Stale);
        Assert.Equal(Window, (mosaic with { Window = Window }).Version().Window);
        Assert.Equal("x000y001", (mosaic with { Missing = [new MissingTile("x000y001", "gone")] }).Version().Missing);
        Assert.Equal(new DataVersion(12, At, false, Window), (Stack(TicketState.Ready, "blob") with { Window = Window }).Version());
    }

    private static MapTicket Map(TicketState state, string? blob) => new("x001y001", "point", state, 12, 13, At, blob, null);

    private static MosaicTicket Mosaic(TicketState state, string? blob) => new("point", "sqrt_ts", state, 12, 13, 0, At, blob, null);

    private static StackTicket Stack(TicketState state, string? blob) => new("x001y001", state, 12, At, blob, null);

    private static async Task<int> StatusAsync(Func<IResult?> pending)
    {
        try
        {
            return pending() is { } answer ? (await ExecuteAsync(answer)).Response.StatusCode : 200;
        }
        catch (RequestException refused)
        {
            return refused.Status;
        }
    }

    private static async Task<HttpContext> ExecuteAsync(IResult answer)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Response.Body) = (HttpMethods.Get, new MemoryStream());
        await answer.ExecuteAsync(context);
        return context;
    }
}
