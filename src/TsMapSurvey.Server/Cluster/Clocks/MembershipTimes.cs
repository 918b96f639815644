using System.Reflection;
using Orleans.Runtime.MembershipService;

namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// Orleans compares times of its membership table with a configurable clock, but writes them, and selects the silos to contact before
/// joining, with the machine's clock. Two of its classes have private fields in which its own tests replace that clock. This class sets
/// them to the cluster's clock before anything is read or written.
/// </summary>
internal sealed class MembershipTimes(IServiceProvider services, ClusterClock clock) : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly (string Type, string Name, Type Of)[] Fields =
    [
        ("MembershipTableManager", "siloStartTime", typeof(DateTime)),
        ("MembershipTableManager", "<GetDateTimeUtcNow>k__BackingField", typeof(Func<DateTime>)),
        ("MembershipAgent", "getUtcDateTime", typeof(Func<DateTime>)),
    ];

    /// <summary>A field that this version of Orleans lacks; null if it has all.</summary>
    public static string? Missing() =>
        Array.Find(Fields, field => Find(field) is null) is { Name: { } name } field ? $"{field.Type}.{name}" : null;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(MembershipTimes), ServiceLifecycleStage.First, _ =>
    {
        var now = () => clock.GetUtcNow().UtcDateTime;
        var parts = services.GetServices<ILifecycleParticipant<ISiloLifecycle>>().ToArray();
        foreach (var field in Fields.Select(field => Find(field)!))
            field.SetValue(
                Array.Find(parts, part => part.GetType() == field.DeclaringType), field.FieldType == typeof(DateTime) ? now() : now);
        return Task.CompletedTask;
    });

    private static FieldInfo? Find((string Type, string Name, Type Of) field)
    {
        var membership = typeof(OrleansClusterConnectivityCheckFailedException);
        var found = membership.Assembly.GetType($"{membership.Namespace}.{field.Type}")?.GetField(
            field.Name, BindingFlags.Instance | BindingFlags.NonPublic);
        return found?.FieldType == field.Of ? found : null;
    }
}
