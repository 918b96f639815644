using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// While a silo that was killed is not yet given up by the others, what asks its grains fails at once, and while one ends, its grains are
/// on their way. Whoever only reads need not know: the question is put again until another silo has the grain.
/// </summary>
internal static class Handover
{
    /// <summary>Longer than the cluster takes to give a silo up.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static void UseHandover(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            var began = time.GetTimestamp();
            while (true)
            {
                try
                {
                    await next(context);
                    return;
                }
                catch (Exception bad) when (MovesOn(bad) && IsReading(context) && time.GetElapsedTime(began) < Longest
                    && !app.Lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    await Task.Delay(Pause, time, context.RequestAborted);
                }
            }
        });
    }

    private static bool IsReading(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && !context.Response.HasStarted
        && !context.Request.Path.StartsWithSegments("/health");

    private static bool MovesOn(Exception bad) =>
        bad is OrleansMessageRejectionException or SurveyServiceException { Error: ServiceError.Stopping or ServiceError.LostRace };
}
