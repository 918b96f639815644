using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.LiveFeed;

namespace TsMapSurvey.Server.Api.LiveFeed;

internal static class LiveFeedEndpoint
{
    private const string Tag = "The whole survey";
    private const string ContentType = "text/event-stream";

    public static void Map(RouteGroupBuilder survey) => survey.MapGet("/events", ListenAsync)
        .WithTags(Tag).WithName("listenToEvents").Produces<string>(200, ContentType)
        .WithSummary("Server-sent events observation and tile-updated, with ids; "
            + "reset if the events since Last-Event-ID are not available any more")
        .WithDescription("A new stream begins with a reset: the client must load all data then. "
            + "The data of an observation event are an entry of /observations, those of a tile-updated event an entry of /tiles.")
        .WithMetadata(new StreamCall());

    private static async Task<Results<ServerSentEventsResult<object?>, ContentHttpResult>> ListenAsync(
        string survey, [FromHeader(Name = "Last-Event-ID")] string? lastSeen, KnownSurveys known, SurveyFeeds feeds, StreamRoom room,
        IHostApplicationLifetime host, HttpContext context)
    {
        var own = await known.GetAsync(survey, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        // HEAD has no body, so its stream would never end.
        if (HttpMethods.IsHead(context.Request.Method)) return TypedResults.Content(null, ContentType);
        context.Response.RegisterForDispose(room.Enter(Caller.Of(context).Client));
        return TypedResults.ServerSentEvents(Items(feeds, own, lastSeen, host.ApplicationStopping, context.RequestAborted));
    }

    /// <summary>Ends without an error when the server stops.</summary>
    private static async IAsyncEnumerable<SseItem<object?>> Items(
        SurveyFeeds feeds, KnownSurvey survey, string? lastSeen, CancellationToken ending,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, cancellationToken);
        var events = feeds.ListenAsync(survey, lastSeen, either.Token).GetAsyncEnumerator(CancellationToken.None);
        await using (events)
        {
            while (await NextAsync(events, ending))
                yield return new SseItem<object?>(events.Current.Body ?? new { }, events.Current.Type) { EventId = events.Current.Id };
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<FeedEntry> events, CancellationToken ending)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return false;
        }
    }
}
