using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Pages;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server;

/// <summary>Hosts an Orleans silo, the HTTP API and its pages in one process.</summary>
public static class ServerHost
{
    private const int PortTries = 5;

    /// <summary>
    /// Starts a server. Returns when it answers requests, its surveys are defined and their intakes run. A process may start several.
    /// </summary>
    /// <param name="tilings">Creates the surveys' tilings; null: <see cref="TilingKinds"/>.</param>
    /// <exception cref="SettingsException">The settings are invalid; all problems are listed.</exception>
    public static Task<RunningServer> StartAsync(
        ServerSettings settings, CancellationToken cancellationToken, TilingFactory? tilings = null) =>
        StartAsync(settings, tilings, null, cancellationToken);

    /// <param name="replace">Replaces services, such as the store or the clock of the limits.</param>
    internal static async Task<RunningServer> StartAsync(
        ServerSettings settings, TilingFactory? tilings, Action<IServiceCollection>? replace, CancellationToken cancellationToken)
    {
        SettingsProblems.Throw(settings);
        for (var left = PortTries; ; left--)
        {
            try
            {
                return await StartOnceAsync(settings, tilings, replace, cancellationToken);
            }
            catch (Exception exception)
            {
                if (left > 1 && StartErrors.IsChosenPortTaken(exception, settings)) continue;
                if (StartErrors.Of(exception, settings) is { } settingsException) throw settingsException;
                throw;
            }
        }
    }

    private static async Task<RunningServer> StartOnceAsync(
        ServerSettings settings, TilingFactory? tilings, Action<IServiceCollection>? replace, CancellationToken cancellationToken)
    {
        var link = await ClusterLink.OpenAsync(settings, cancellationToken);
        var app = default(WebApplication);
        try
        {
            app = Build(settings, link, tilings, replace);
            app.Logger.LogStarting(app.Services.GetRequiredService<ClusterIdentity>(),
                app.Services.GetRequiredService<IBlobStore>().Description, app.Services.GetRequiredService<AccessKeys>());
            if (AccessProblems.IsOpenToOthers(settings)) app.Logger.LogOpenWrites();
            await SurveysAtStart.CheckAsync(app.Services, settings, cancellationToken);
            await app.StartAsync(cancellationToken);
            await SurveysAtStart.DefineAsync(app.Services, settings.Surveys, cancellationToken);
            return new RunningServer(app, link);
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            await link.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(
        ServerSettings settings, ClusterLink link, TilingFactory? tilings, Action<IServiceCollection>? replace)
    {
        var builder =
            WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerHost).Assembly.GetName().Name });
        ServerLogging.Add(builder.Logging, settings.LogLevel);
        ServerServices.Add(builder.Services, settings, link, tilings);
        builder.WebHost.UseKestrel(kestrel => ConnectionLimits.Set(kestrel, settings)).UseUrls([.. ServerAddresses.Of(settings)]);
        builder.Host.UseOrleans(silo => SiloParts.Add(silo, settings, link));
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseKnownProxies();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseDraining();
        app.UseStatusCodePages();
        app.UseHealthListener();
        app.UseKnownHosts();
        app.UseRoutingOfHead();
        app.UseForeignPages();
        app.UseOwnPagesOnly();
        app.UseCallers();
        app.UseRequestLimits();
        app.UseAccess();
        app.UseBodyLimits();
        app.UseHandover();
        app.UseRestoredBlobs();
        ApiRoutes.Map(app);
        DocsPages.Map(app);
        PageFiles.Map(app);
        return app;
    }
}
