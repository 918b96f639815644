using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Hosting;

/// <summary>Marks an endpoint that looks at keys itself, since it takes another key besides.</summary>
internal sealed record OwnKeyCheck;

/// <summary>
/// Every method but GET, HEAD and OPTIONS takes a key, whatever the endpoint: one that is added later is closed without anything being
/// said about it.
/// </summary>
internal static class Writing
{
    public static void UseWriteKeys(this WebApplication app)
    {
        var keys = app.Services.GetRequiredService<WriteKeys>();
        app.Use((context, next) =>
            !keys.AreSet || IsReading(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<OwnKeyCheck>() is not null
                || keys.Opens(context.Request.Headers[WebhookKey.Header])
                ? next(context) : throw RequestErrors.NoWriteKey());
    }

    public static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
