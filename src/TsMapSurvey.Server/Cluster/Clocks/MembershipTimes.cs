using System.Reflection;

namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// Orleans compares times of its membership by a clock that can be given to it, but writes them, and chooses whom to ask before it joins, by the machine's.
/// Both have a place where its own tests put another clock: this puts the cluster's there, before anything is read or written.
/// </summary>
internal sealed class MembershipTimes(IServiceProvider services, ClusterClock clock) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(MembershipTimes), ServiceLifecycleStage.First, _ =>
    {
        var now = () => clock.GetUtcNow().UtcDateTime;
        Set("MembershipTableManager", "siloStartTime", now());
        Set("MembershipTableManager", "<GetDateTimeUtcNow>k__BackingField", now);
        Set("MembershipAgent", "getUtcDateTime", now);
        return Task.CompletedTask;
    });

    /// <exception cref="MissingFieldException">This Orleans is built differently; <c>RedisClusterTests</c> tell what depends on it.</exception>
    private void Set(string part, string name, object value)
    {
        var owner = services.GetServices<ILifecycleParticipant<ISiloLifecycle>>().FirstOrDefault(participant => participant.GetType().Name == part);
        var field = owner?.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(part, name);
        field.SetValue(owner, value);
    }
}
