namespace TsMapSurvey.Server;

/// <summary>
/// The time of a cluster: what the cluster's store said last, and what has passed since on a clock that nobody turns. Silos write their starts, signs of life and
/// suspicions by it, so that it does not matter by how much the clocks of their machines differ.
/// </summary>
/// <param name="ask">Asks the store; the answer counts for the middle between question and answer.</param>
/// <param name="own">The clock of this machine.</param>
internal sealed class ClusterClock(Func<CancellationToken, Task<DateTimeOffset>> ask, TimeProvider own) : TimeProvider
{
    /// <summary>The key under which Orleans looks for the clock of its membership.</summary>
    private const string Membership = "Orleans.Membership";

    private volatile Said _said = new(own.GetUtcNow(), own.GetTimestamp());

    /// <summary>What the clock of this machine is ahead of the cluster's.</summary>
    public TimeSpan OwnAhead => own.GetUtcNow() - GetUtcNow();

    public override long TimestampFrequency => own.TimestampFrequency;

    public static async Task<ClusterClock> OpenAsync(Func<CancellationToken, Task<DateTimeOffset>> ask, CancellationToken cancellationToken)
    {
        var clock = new ClusterClock(ask, System);
        await clock.AskAsync(cancellationToken);
        return clock;
    }

    /// <summary>Sets the clock by the store's. What the store cannot answer is thrown, and the clock goes on as it did.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        var asked = own.GetTimestamp();
        var told = await ask(cancellationToken);
        var answered = own.GetTimestamp();
        _said = new Said(told + own.GetElapsedTime(asked, answered) / 2, answered);
    }

    public override DateTimeOffset GetUtcNow()
    {
        var said = _said;
        return said.Time + own.GetElapsedTime(said.At);
    }

    public override long GetTimestamp() => own.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => own.CreateTimer(callback, state, dueTime, period);

    public void AddTo(ISiloBuilder silo)
    {
        silo.Services.AddKeyedSingleton<TimeProvider>(Membership, this);
        silo.Services.AddSingleton(this);
        silo.Services.AddSingleton<ILocalSiloDetails, SiloDetails>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MembershipTimes>();
        silo.Services.AddHostedService<ClusterClockKeeper>();
    }

    private sealed record Said(DateTimeOffset Time, long At);
}
