using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// Orleans schedules by wall-clock time: if the machine's clock is set back, grains are not scheduled until the old time is reached again.
/// Its components therefore get a clock that never goes back. Components whose times other silos read get the cluster's clock from the
/// <see cref="ClusterLink"/>.
/// </summary>
internal static class SiloClocks
{
    /// <summary>The key of the reminders' clock, for which Orleans has no public constant.</summary>
    public const string Reminders = "Orleans.Reminders";

    private static readonly string[] Parts =
        [TimeProviderNames.Grains, TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.ActivationManagement,
            TimeProviderNames.GrainDirectory, Reminders];

    public static void AddTo(ISiloBuilder silo, ServerSettings settings)
    {
        if (!settings.ClusterClock) return;
        var steady = new SteadyClock(TimeProvider.System);
        foreach (var part in Parts) silo.Services.AddKeyedSingleton<TimeProvider>(part, steady);
    }
}
