using System.Collections.Concurrent;
using Azure.Messaging.EventGrid.SystemEvents;
using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Notices;

/// <summary>
/// The webhook for Event Grid. Invalid events are answered with 400, which Event Grid does not retry but dead-letters if configured;
/// failures of this service with 503, after which Event Grid sends the batch again. In both cases the other events of the batch were
/// processed; processing one twice is harmless. https://learn.microsoft.com/azure/event-grid/delivery-and-retry
/// </summary>
internal static class NotifyEndpoint
{
    private const string Path = "/observations:notify";
    private const string RequestOrigin = "WebHook-Request-Origin";
    private const string AllowedOrigin = "WebHook-Allowed-Origin";
    private const string AllowedRate = "WebHook-Allowed-Rate";

    /// <summary>A batch of Event Grid has at most 1 MiB, unless a single event is larger.</summary>
    private const long MaxBodyBytes = 2 << 20;

    private const int MaxParallel = 16;

    public static void Map(RouteGroupBuilder survey)
    {
        const string Tag = "Observations";
        survey.MapPost(Path, ReceiveAsync).WithTags(Tag).WithName("notify").ProducesProblem(415)
            .WithSummary(
                "Webhook for Event Grid (its schema or CloudEvents): checks the created blobs for observations at once. Also answers the "
                + "validation handshake")
            .Accepts<object>("application/json", "application/cloudevents+json", "application/cloudevents-batch+json")
                .Produces<NotifyAnswer>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(413)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes), new OwnKeyCheck());
        survey.MapMethods(Path, [HttpMethods.Options], AgreeAsync).WithTags(Tag).WithName("agreeToNotify").Produces(200)
            .WithSummary("The handshake of CloudEvents' webhooks. A sender with the key is allowed to send at any rate")
            .ProducesProblem(401).ProducesProblem(403).WithMetadata(new OwnKeyCheck());
    }

    private static async Task<IResult> ReceiveAsync(
        string survey, [FromQuery(Name = WebhookKey.Parameter)] string? key, [FromHeader(Name = WebhookKey.Header)] string? header,
        HttpRequest request, WebhookKey needed,
        KnownSurveys known, IBlobStore store, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!Caller.Of(request.HttpContext).IsWriter) needed.Check(header, key);
        var name = (await known.GetAsync(survey, cancellationToken)).Name;
        if (!request.HasJsonContentType()) throw RequestErrors.NotJson(request.ContentType);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var events = BlobNoticeReader.Read(body.GetBuffer().AsMemory(0, (int)body.Length));
        if (events is [{ Kind: BlobNoticeKind.Validation } asked])
            return TypedResults.Ok(new SubscriptionValidationResponse { ValidationResponse = asked.ValidationCode });
        return TypedResults.Ok(await ProcessAsync(events, name, store, grains, cancellationToken));
    }

    private static async Task<NotifyAnswer> ProcessAsync(
        IReadOnlyList<BlobNotice> events, string survey, IBlobStore store, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var blobs = CreatedBlobs(events, store);
        var (seen, failure) = (new ConcurrentDictionary<string, bool>(), default(Exception));
        await Parallel.ForEachAsync(
            blobs, new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (blob, token) =>
        {
            try
            {
                seen[blob] = await grains.Intake(survey).Notify(blob, token);
            }
            catch (Exception exception) when (exception is SurveyServiceException or TimeoutException or OrleansException)
            {
                failure = exception;
            }
        });
        if (failure is not null) throw failure;
        var problems = events.Index().Where(one => one.Item.Kind == BlobNoticeKind.Unreadable)
            .Select(one => $"event {one.Index}{(one.Item.Id is { } id ? $" ({MessageText.Of(id)})" : "")}: {one.Item.Fault}").ToArray();
        if (problems.Length > 0) throw RequestErrors.BadEvents(events.Count - problems.Length, problems);
        var taken = events.Count(one => seen.GetValueOrDefault(one.Blob));
        return new NotifyAnswer(taken, events.Count - taken);
    }

    /// <summary>The blobs created in the store's own container, without duplicates.</summary>
    internal static IEnumerable<string> CreatedBlobs(IEnumerable<BlobNotice> events, IBlobStore store) =>
        events.Where(one => one.Kind == BlobNoticeKind.Created && one.IsIn(store)).Select(one => one.Blob).Distinct();

    private static async Task<IResult> AgreeAsync(
        string survey, [FromQuery(Name = WebhookKey.Parameter)] string? key, [FromHeader(Name = WebhookKey.Header)] string? header,
        HttpContext context, WebhookKey needed,
        KnownSurveys known, CancellationToken cancellationToken)
    {
        if (!Caller.Of(context).IsWriter) needed.Check(header, key);
        await known.GetAsync(survey, cancellationToken);
        var origin = context.Request.Headers[RequestOrigin].ToString();
        if (origin.Length == 0 || !origin.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or ':' or '*'
            or '/')) throw RequestErrors.NoOrigin(RequestOrigin);
        context.Response.Headers[AllowedOrigin] = origin;
        context.Response.Headers[AllowedRate] = "*";
        return TypedResults.Ok();
    }
}
