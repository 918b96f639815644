using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// The cluster's time: the membership store's last answer plus the time elapsed since. Silos use it for start times, signs of life and
/// suspicions in the membership table, so that differences between their machines' clocks do not matter.
/// </summary>
/// <param name="ask">Asks the store for its time. The answer is taken as the time halfway between request and response.</param>
/// <param name="own">This machine's clock.</param>
internal sealed partial class ClusterClock(Func<CancellationToken, Task<DateTimeOffset>> ask, TimeProvider own) : SteadyClock(own)
{
    /// <summary>Null if the settings choose the machines' clocks.</summary>
    public static async Task<ClusterClock?> OpenAsync(
        ServerSettings settings, Func<CancellationToken, Task<DateTimeOffset>> ask, CancellationToken cancellationToken)
    {
        if (!settings.ClusterClock) return null;
        var clock = new ClusterClock(ask, System);
        await clock.SynchronizeAsync(cancellationToken);
        return clock;
    }

    /// <summary>Synchronizes the clock with the store. If the store fails, throws and leaves the clock as it was.</summary>
    public async Task SynchronizeAsync(CancellationToken cancellationToken)
    {
        var sentAt = GetTimestamp();
        var storeTime = await ask(cancellationToken);
        var receivedAt = GetTimestamp();
        Set(storeTime + GetElapsedTime(sentAt, receivedAt) / 2, receivedAt);
    }

    /// <summary>If this version of Orleans lacks the fields for the clock, logs a warning and keeps the machines' clocks.</summary>
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
        LogLevel.Warning, "This version of Orleans has no {Field}: silos use the clocks of their machines, which must be synchronized")]
    private static partial void LogOff(ILogger logger, string field);
}
