using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Limits;

/// <summary>Marks an endpoint that receives files, for which <see cref="ServerSettings.UploadTime"/> applies.</summary>
internal sealed record LongBody;

/// <summary>
/// Limits how long receiving a request's body may take, since Kestrel only requires 240 bytes a second. Compressed bodies are refused, so
/// that a body is no larger than what was sent.
/// </summary>
internal static class BodyLimits
{
    public static void UseBodyLimits(this WebApplication app)
    {
        var (settings, time) = (app.Services.GetRequiredService<ServerSettings>(), app.Services.GetRequiredService<TimeProvider>());
        app.Use(async (context, next) =>
        {
            var request = context.Request;
            var isChunked = request.Headers.TransferEncoding.Count > 0;
            if (request.ContentLength is null or 0 && !isChunked)
            {
                await next(context);
                return;
            }

            if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
                throw RequestErrors.Compressed(encoding.ToString());
            var limit = context.GetEndpoint()?.Metadata.GetMetadata<LongBody>() is null ? settings.BodyTimeout : settings.UploadTime;
            await using var body = new TimedBody(request.Body, limit, time);
            request.Body = body;
            await next(context);
        });
    }
}
