using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// Orleans plans by wall clocks: where the machine's is set back, it puts no grain to work until the old time has come again. So its parts
/// get a clock that never goes back; a cluster's link gives those parts another whose times other silos read.
/// </summary>
internal static class SiloClocks
{
    /// <summary>The key of the reminders' clock, which Orleans names nowhere in public.</summary>
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
