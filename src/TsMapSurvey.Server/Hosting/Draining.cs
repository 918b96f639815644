namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// The end of a server: no new connections, requests get their answers, and those that take longer than a while are broken off, so that
/// the silo has the rest of the host's time to put its grains down and hand them over.
/// </summary>
internal static class Draining
{
    /// <summary>For the whole end; whoever kills it sooner loses no data.</summary>
    public static readonly TimeSpan Whole = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Requests = TimeSpan.FromSeconds(20);

    public static void UseDraining(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var late = new CancellationTokenSource();
        app.Lifetime.ApplicationStopping.Register(() => _ = LaterAsync(late, time, app.Lifetime.ApplicationStopped));
        app.Use(async (context, next) =>
        {
            await using var registration = late.Token.Register(() =>
            {
                app.Logger.LogBrokenOff(context.Request.Path);
                context.Abort();
            });
            await next(context);
        });
    }

    private static async Task LaterAsync(CancellationTokenSource late, TimeProvider time, CancellationToken stopped)
    {
        await Task.Delay(Requests, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await late.CancelAsync();
    }
}
