using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Compute;
using TsMapSurvey.Server.Api.Points;
using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Published;

/// <summary>
/// If a request finds a damaged blob, the blob is computed again and the request repeated. This is possible because every blob is verified
/// before the first byte of an answer is sent.
/// </summary>
internal static partial class RestoredBlobs
{
    /// <summary>The number of blobs that one answer may need, plus one repetition.</summary>
    private const int MaxRestores = 4;

    public static void UseRestoredBlobs(this WebApplication app) => app.Use(async (context, next) =>
    {
        var last = default(string);
        for (var restored = 0; ; restored++)
        {
            try
            {
                await next(context);
                return;
            }
            catch (DamagedBlobException damaged) when (!context.Response.HasStarted)
            {
                // What an earlier version of a HiPS was made of is deleted some time after it was superseded, and not made again.
                if (damaged.Blob == last && context.Request.RouteValues["version"] is string version)
                    throw RequestErrors.UnknownVersion($"{context.Request.RouteValues["layer"]}", version);
                last = damaged.Blob;
                if (restored == MaxRestores) throw RequestErrors.Damaged(damaged.Blob);
                LogDamaged(app.Logger, context.Request.Path, damaged.Message);
                context.Response.Clear();
                app.Services.GetRequiredService<PreparedPoints>().Forget(damaged.Blob);
                await RestoreAsync(
                    app.Services.GetRequiredService<IGrainFactory>(), context.Request.RouteValues, damaged.Blob, context.RequestAborted);
            }
        }
    });

    private static Task RestoreAsync(IGrainFactory grains, RouteValueDictionary route, string blob, CancellationToken cancellationToken) =>
        route.TryGetValue("survey", out var survey) ? grains.Mosaic($"{survey}").Restore(blob, cancellationToken)
        : route.TryGetValue("job", out var job) ? ComputeEndpoints.Find($"{job}", grains).Restore(cancellationToken)
        : throw RequestErrors.Damaged(blob);

    [LoggerMessage(LogLevel.Warning, "{Path}: {What}; the blob is computed again")]
    private static partial void LogDamaged(ILogger logger, string path, string what);
}
