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

/// <summary>Registers the grains in a silo. The host provides clustering and reminders.</summary>
public static partial class GrainRegistration
{
    /// <summary>
    /// Registers the services that the grains share, and starts the intakes of all surveys when the silo starts. The host must provide a
    /// reminder service and an <see cref="IBlobStore"/>. It may provide a <see cref="TimeProvider"/> (default: system time) and a
    /// <see cref="TilingFactory"/> (default: <see cref="TilingKinds"/>).
    /// </summary>
    public static ISiloBuilder AddTsMapSurveyGrains(this ISiloBuilder silo, GrainOptions? options = null)
    {
        silo.Services.AddTsMapSurveyGrains(options);
        silo.AddIncomingGrainCallFilter<ServiceErrorFilter>();
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            // An observation's whole state is in its record, and thousands may settle per minute: deactivate their grains soon.
            collection.CollectionQuantum = TimeSpan.FromSeconds(10);
            collection.ClassSpecificCollectionAge[typeof(ObservationGrain).FullName!] = TimeSpan.FromSeconds(20);
        });
        return silo.AddStartupTask((services, cancellationToken) =>
            services.GetRequiredService<IntakeWatch>().StartAsync(cancellationToken)).AddStartupTask(StartDeskAsync);
    }

    /// <summary>Also reads an event queue, which several silos may share.</summary>
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
        services.AddSingleton(provider => new GivenBlobs(provider.GetRequiredService<IBlobStore>()));
        services.AddSingleton(provider => new SurveyCatalog(
            provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<GrainOptions>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TilingFactory>(),
            provider.GetRequiredService<GivenBlobs>())
        {
            Deleted = survey =>
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
            // Jobs work without the reminder: abandoned ones are also deleted when a new one needs room.
            LogDeskNotStarted(services.GetRequiredService<ILogger<GrainOptions>>(), exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "The reminder that deletes abandoned jobs could not be registered; new jobs delete them when necessary")]
    private static partial void LogDeskNotStarted(ILogger logger, Exception exception);
}
