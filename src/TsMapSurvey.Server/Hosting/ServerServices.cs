using Microsoft.AspNetCore.Http.Json;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server;

internal static class ServerServices
{
    public static void Add(IServiceCollection services, ServerSettings settings, ClusterLink link)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => BlobStores.Open(
            settings.Store, new StorageOptions { HedgeAfter = settings.StoreHedgeAfter }, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(new ByteCache(settings.CacheBytes));
        services.AddSingleton(ClusterIdentity.Of(settings, link));
        services.AddSingleton<ClusterNotes>();
        services.AddHostedService(provider => provider.GetRequiredService<ClusterNotes>());
        services.AddSingleton(new WebhookKey(settings.IntakeWebhookKey));
        services.AddSingleton<KnownSurveys>();
        services.AddSingleton<Tickets>();
        services.AddSingleton<PublishedMaps>();
        services.AddSingleton<TileQuantities>();
        services.AddSingleton<SurveyFeeds>();
        services.AddRouting();
        services.AddExceptionHandler<ProblemWriter>();
        services.AddProblemDetails(ProblemForms.Customize);
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.AllowAnyOrigin().WithMethods("GET", "HEAD")
            .WithHeaders("Last-Event-ID", "If-None-Match").WithExposedHeaders("ETag", "Link", "Retry-After", "Tsmap-Revision", "Tsmap-Computed-At", "Tsmap-Stale")));
        services.Configure<JsonOptions>(json => JsonText.Apply(json.SerializerOptions));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Draining.Whole);
        DocsPages.AddServices(services);
    }
}
