using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// The time of a cluster: what the cluster's store said last, and what has passed since. Silos write their starts, signs of life and
/// suspicions by it, so that it does not matter by how much the clocks of their machines differ.
/// </summary>
/// <param name="ask">Asks the store; the answer counts for the middle between question and answer.</param>
/// <param name="own">The clock of this machine.</param>
internal sealed partial class ClusterClock(Func<CancellationToken, Task<DateTimeOffset>> ask, TimeProvider own) : SteadyClock(own)
{
    /// <summary>Null where the settings leave time to the machines.</summary>
    public static async Task<ClusterClock?> OpenAsync(
        ServerSettings settings, Func<CancellationToken, Task<DateTimeOffset>> ask, CancellationToken cancellationToken)
    {
        if (!settings.ClusterClock) return null;
        var clock = new ClusterClock(ask, System);
        await clock.AskAsync(cancellationToken);
        return clock;
    }

    /// <summary>Sets the clock by the store's. What the store cannot answer is thrown, and the clock goes on as it did.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        var asked = GetTimestamp();
        var told = await ask(cancellationToken);
        var answered = GetTimestamp();
        Set(told + GetElapsedTime(asked, answered) / 2, answered);
    }

    /// <summary>Leaves time to the machines, with a line in the log, where this version of Orleans has no place for the clock.</summary>
    public void AddTo(ISiloBuilder silo)
    {
        if (MembershipTimes.Missing() is { } missing)
        {
            silo.AddStartupTask((services, _) =>
            {
                LogOff(services.GetRequiredService<ILogger<ClusterClock>>(), missing);
                return Task.CompletedTask;
            });
            return;
        }

        silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Membership, this);
        silo.Services.AddKeyedSingleton<TimeProvider>(SiloClocks.Reminders, this);
        silo.Services.AddSingleton(this);
        silo.Services.AddSingleton<ILocalSiloDetails, SiloDetails>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MembershipTimes>();
        silo.Services.AddHostedService<ClusterClockKeeper>();
    }

    [LoggerMessage(
        LogLevel.Warning, "This version of Orleans has no {Field}: silos go by the clocks of their machines, which have to agree")]
    private static partial void LogOff(ILogger logger, string field);
}
