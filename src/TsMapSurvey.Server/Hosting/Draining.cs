namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// Stops a server: it accepts no new connections, finishes requests, and aborts those that take too long, so that the silo has the rest of
/// the shutdown time to deactivate its grains.
/// </summary>
internal static class Draining
{
    /// <summary>For the complete shutdown. Killing the process earlier loses no data.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    public static void UseDraining(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var overdue = new CancellationTokenSource();
        app.Lifetime.ApplicationStopping.Register(() => _ = AbortLateRequestsAsync(overdue, time, app.Lifetime.ApplicationStopped));
        app.Use(async (context, next) =>
        {
            await using var registration = overdue.Token.Register(() =>
            {
                app.Logger.LogBrokenOff(context.Request.Path);
                context.Abort();
            });
            await next(context);
        });
    }

    private static async Task AbortLateRequestsAsync(CancellationTokenSource overdue, TimeProvider time, CancellationToken stopped)
    {
        await Task.Delay(RequestTimeout, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await overdue.CancelAsync();
    }
}
