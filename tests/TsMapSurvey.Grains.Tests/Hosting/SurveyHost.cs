using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Silos in this process on one store.</summary>
internal sealed class SurveyHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly InProcessTestCluster _cluster;

    private SurveyHost(InProcessTestCluster cluster) => _cluster = cluster;

    public static GrainOptions Quick { get; } = new()
    {
        ReconcileEvery = TimeSpan.FromMilliseconds(100),
        RetryDelay = TimeSpan.FromMilliseconds(50),
        MaxRetryDelay = TimeSpan.FromMilliseconds(400),
        TailLength = 2,
        ComputeThreads = 1,
    };

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<SurveyHost> StartAsync(
        IBlobStore store, short silos = 1, GrainOptions? options = null, TimeProvider? time = null, NoticeQueue? queue = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(store);
            if (time is not null) silo.Services.AddSingleton(time);
            silo.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
            silo.UseInMemoryReminderService();
            // A busy machine is no dead silo, and a slow answer no lost one.
            silo.Configure<ClusterMembershipOptions>(membership => membership.ProbeTimeout = Patience);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = Patience);
            silo.AddTsMapSurveyGrains(options ?? Quick);
            if (queue is not null) silo.AddNoticeIntake(queue);
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = Patience));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new SurveyHost(cluster);
    }

    public T Service<T>(int silo = 0)
        where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    /// <summary>Ends the silo that has a grain, at once.</summary>
    public async Task KillSiloOfAsync(IAddressable grain)
    {
        Assert.True(_cluster.TryGetGrainContext(grain.GetGrainId(), out var context), "the grain is on no silo");
        await _cluster.KillSiloAsync(_cluster.GetSiloForAddress(context!.Address.SiloAddress!)!);
    }

    /// <summary>Defines the little survey under a name.</summary>
    public Task<bool> DefineAsync(string survey, string prefix = "observations/") =>
        Grains.Survey(survey).Define(LittleSurvey.Json(survey, prefix), CancellationToken.None);

    /// <summary>Waits until what is in the store now was seen, no observation is on its way, and so many are known.</summary>
    public async Task SettledAsync(string survey, int observations)
    {
        // The first call may share a listing that began before the last write.
        await Grains.Intake(survey).Reconcile(CancellationToken.None);
        await Until.TrueAsync(async () =>
        {
            var report = await Grains.Intake(survey).Reconcile(CancellationToken.None);
            return report is { Waiting: 0, InFlight: 0 } && report.States.Sum(state => state.Count) >= observations
                && report.States.All(state => state.State.IsSettled());
        });
    }

    /// <summary>Retracts, asking again while something is in the way, and waits until no tile holds them.</summary>
    public async Task RetractedAsync(string survey, params string[] names)
    {
        foreach (var name in names)
        {
            await Until.TrueAsync(async () =>
            {
                try
                {
                    return (await Grains.Observation(survey, name).Retract(
                        $"why-{name}", CancellationToken.None)).State is ObservationState.Retracting or ObservationState.Retracted;
                }
                catch (SurveyServiceException exception) when (exception.RetryHelps)
                {
                    return false;
                }
            });
        }

        foreach (var name in names)
            await Until.TrueAsync(async () =>
                (await Grains.Observation(survey, name).GetStatus(CancellationToken.None)).State == ObservationState.Retracted);
    }

    public async Task<Dictionary<ObservationState, int>> StatesAsync(string survey) =>
        (await Grains.Survey(survey).GetStatus(CancellationToken.None)).Observations.ToDictionary(
            state => state.State, state => state.Count);

    public async Task<IReadOnlyList<TileSummary>> TilesAsync(string survey) =>
        (await Grains.Survey(survey).Tiles(null, 1000, CancellationToken.None)).Items;

    public async Task<MapTicket> FreshMapAsync(string survey, string tile, string map = "point")
    {
        MapTicket? ticket = null;
        await Until.TrueAsync(async () =>
        {
            ticket = await Grains.Tile(survey, tile)
                .RequestMap(new MapRequest(map, Fresh: true, TimeSpan.FromSeconds(10)), CancellationToken.None);
            return ticket.State != TicketState.Computing;
        });
        return ticket!;
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
