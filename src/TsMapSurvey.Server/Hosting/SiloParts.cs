using Orleans.Configuration;
using TsMapSurvey.Grains;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Cluster.Clocks;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Server.Hosting;

internal static class SiloParts
{
    public static void Add(ISiloBuilder silo, ServerSettings settings, ClusterLink link)
    {
        SiloClocks.AddTo(silo, settings);
        link.AddTo(silo, settings);
        silo.AddTsMapSurveyGrains(settings.Grains);
        if (settings.IntakeQueue is { } queue) silo.AddNoticeIntake(NoticeQueues.Open(queue, settings.Store));
        silo.Services.AddOptions<SiloOptions>().Configure<Microsoft.Extensions.Options.IOptions<EndpointOptions>>(
            (silo, endpoints) => silo.SiloName = $"tsmap-{Environment.MachineName}-{endpoints.Value.SiloPort}");
        // The default of 1,000,000 entries allocates 9 MB at once; an observation's grain is needed only once.
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = 10_000);
        silo.Configure<GrainCollectionOptions>(collection => Shed(collection, settings.MemoryLimitPercent));
    }

    /// <summary>
    /// A last resort beside the byte budgets, which only bound large objects: it limits the memory of many small grains.
    /// </summary>
    private static void Shed(GrainCollectionOptions collection, int limitPercent)
    {
        collection.EnableActivationSheddingOnMemoryPressure = limitPercent < 100;
        if (limitPercent < 100)
            (collection.MemoryUsageLimitPercentage, collection.MemoryUsageTargetPercentage) = (limitPercent, limitPercent - 10);
    }
}
