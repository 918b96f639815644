using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// Repeats read requests while grains move to another silo. Calls fail at once while a killed silo is not yet declared dead, and while a
/// silo shuts down. Reads are repeated until another silo has the grain.
/// </summary>
internal static class Handover
{
    /// <summary>Longer than the cluster needs to declare a silo dead.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

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
                catch (Exception exception) when (IsTransient(exception) && IsReading(context) && time.GetElapsedTime(began) < Timeout
                    && !app.Lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    await Task.Delay(RetryDelay, time, context.RequestAborted);
                }
            }
        });
    }

    private static bool IsReading(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && !context.Response.HasStarted
        && !context.Request.Path.StartsWithSegments("/health");

    private static bool IsTransient(Exception exception) =>
        exception is OrleansMessageRejectionException or SurveyServiceException { Error: ServiceError.Stopping or ServiceError.LostRace };
}
