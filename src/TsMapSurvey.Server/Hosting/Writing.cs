using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Hosting;

/// <summary>Marks an endpoint that checks keys itself, because it accepts another key too.</summary>
internal sealed record OwnKeyCheck;

/// <summary>Requires a write key for every method except GET, HEAD and OPTIONS. New endpoints are protected by default.</summary>
internal static class Writing
{
    public static void UseWriteKeys(this WebApplication app)
    {
        var keys = app.Services.GetRequiredService<WriteKeys>();
        app.Use((context, next) =>
            !keys.AreSet || IsReading(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<ReadingByPost>() is not null
                || context.GetEndpoint()?.Metadata.GetMetadata<OwnKeyCheck>() is not null
                || keys.Opens(context.Request.Headers[WebhookKey.Header])
                ? next(context) : throw RequestErrors.NoWriteKey());
    }

    public static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
