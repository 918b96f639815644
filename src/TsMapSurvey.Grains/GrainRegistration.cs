using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Compute;
using TsMapSurvey.Grains.Mosaics;
using TsMapSurvey.Grains.Intake;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>Puts the grains into a silo. Clustering and reminders are the host's: localhost, Redis, whatever.</summary>
public static partial class GrainRegistration
{
    /// <summary>
    /// Registers what the grains share in a process, and has every survey of the store taken up when the silo starts. The host provides a
    /// reminder service, an <see cref="IBlobStore"/>, a <see cref="TimeProvider"/> unless it is the system's, and a
    /// <see cref="TilingFactory"/> unless it is <see cref="TilingKinds"/>.
    /// </summary>
    public static ISiloBuilder AddTsMapSurveyGrains(this ISiloBuilder silo, GrainOptions? options = null)
    {
        silo.Services.AddTsMapSurveyGrains(options);
        silo.AddIncomingGrainCallFilter<ServiceErrorFilter>();
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            // All that is known of an observation is in its record: the thousands that are settled in a minute need not be in memory.
            collection.CollectionQuantum = TimeSpan.FromSeconds(10);
            collection.ClassSpecificCollectionAge[typeof(ObservationGrain).FullName!] = TimeSpan.FromSeconds(20);
        });
        return silo.AddStartupTask((services, cancellationToken) =>
            services.GetRequiredService<IntakeWatch>().StartAsync(cancellationToken)).AddStartupTask(StartDeskAsync);
    }

    /// <summary>Has the silo read a queue of events besides; other silos may read the same one.</summary>
    public static ISiloBuilder AddNoticeIntake(this ISiloBuilder silo, NoticeQueue queue)
    {
        silo.Services.AddSingleton(queue);
        silo.Services.AddHostedService<NoticeIntake>();
        return silo;
    }

    private static void AddTsMapSurveyGrains(this IServiceCollection services, GrainOptions? options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options ?? new GrainOptions());
        services.TryAddSingleton<TilingFactory>(TilingKinds.Create);
        services.AddSingleton(provider => new SurveyCatalog(
            provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<GrainOptions>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TilingFactory>())
        {
            Forgotten = survey =>
            {
                provider.GetRequiredService<ObservationReader>().Forget(survey);
                provider.GetRequiredService<MosaicCanvases>().Forget(survey);
            },
        });
        services.AddSingleton<ObservationReader>();
        services.AddSingleton<SiloMemory>();
        services.AddSingleton<StackMemory>();
        services.AddSingleton<IntakeWatch>();
        services.AddSingleton<NoticedSurveys>();
        services.AddSingleton<ComputeGate>();
        services.AddSingleton<MosaicCanvases>();
        services.AddSingleton<ComputeRecords>();
        services.AddSingleton<ComputeInputs>();
        services.AddSingleton<BlockMaker>();
        services.AddSingleton<BlockAssembly>();
        services.AddPlacementDirector<SpreadPlacement, SpreadPlacementDirector>();
    }

    private static async Task StartDeskAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<IGrainFactory>().ComputeDesk().Start(cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // Jobs are taken in without it, and abandoned ones cleared away when room is needed.
            LogDeskNotStarted(services.GetRequiredService<ILogger<GrainOptions>>(), exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "The clearing of abandoned jobs did not start")]
    private static partial void LogDeskNotStarted(ILogger logger, Exception exception);
}
