using Microsoft.AspNetCore.Http.Json;
using TsMapSurvey.Grains.Surveys;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Regions;
using TsMapSurvey.Server.Api.Mosaics;
using TsMapSurvey.Server.Api.Points;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.LiveFeed;
using TsMapSurvey.Server.Pages;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Server.Vo;
using TsMapSurvey.Storage;
using TsMapSurvey.Server.Vo.Hips;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Hosting;

internal static class ServerServices
{
    public static void Add(IServiceCollection services, ServerSettings settings, ClusterLink link, TilingFactory? tilings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(tilings ?? TilingKinds.Create);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => BlobStores.Open(
            settings.Store, new StorageOptions { HedgeAfter = settings.StoreHedgeAfter }, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(new ByteCache(settings.CacheBytes));
        services.AddSingleton(ClusterIdentity.Of(settings, link));
        services.AddSingleton<ClusterNotes>();
        services.AddHostedService(provider => provider.GetRequiredService<ClusterNotes>());
        AccessCheck.AddServices(services);
        services.AddSingleton<ClientLimits>();
        services.AddSingleton<StreamRoom>();
        services.AddSingleton<KnownSurveys>();
        services.AddSingleton<SurveyDeletion>();
        services.AddSingleton<Tickets>();
        services.AddSingleton<PublishedMaps>();
        services.AddSingleton<PublishedMocs>();
        services.AddSingleton<RegionObservations>();
        services.AddSingleton<RegionReader>();
        services.AddSingleton<TileQuantities>();
        services.AddSingleton<PointFits>();
        services.AddSingleton<PointReader>();
        services.AddSingleton<SkyImages>();
        services.AddSingleton<PreparedPoints>();
        services.AddSingleton<ObservationFiles>();
        VoRoutes.AddServices(services);
        services.AddSingleton<SurveyFeeds>();
        HipsEndpoints.AddServices(services);
        services.AddRouting();
        services.AddExceptionHandler<ProblemWriter>();
        services.AddProblemDetails(ProblemForms.Customize);
        ForeignPages.AddServices(services, settings);
        services.Configure<JsonOptions>(json => JsonText.Apply(json.SerializerOptions));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Draining.ShutdownTimeout);
        DocsPages.AddServices(services);
    }
}
