using System.Collections.Concurrent;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Limits;

/// <summary>
/// Limits how many requests each client sends and how many of them run at the same time, with smaller limits for costly ones; and how many
/// costly ones of all clients run. A client that asks for too much is told when to come back.
/// </summary>
internal sealed class ClientLimits(ServerSettings settings, TimeProvider time)
{
    /// <summary>Clients that are remembered, about 100 bytes each; above that all new ones count as one client.</summary>
    private const int MaxClients = 100_000;

    private readonly ConcurrentDictionary<ClientId, Use> _uses = new();
    private readonly Use _others = new();
    private readonly Pace _requests = Pace.Of(settings.ClientRequests, TimeSpan.FromSeconds(1), time);
    private readonly Pace _costly = Pace.Of(settings.ClientCostly, TimeSpan.FromMinutes(1), time);
    private int _running;
    private long _swept;

    /// <summary>Requests that may come at once; 0: no limit.</summary>
    public long Burst => _requests.Burst;

    /// <summary>How many clients are remembered.</summary>
    public int Clients => _uses.Count;

    /// <summary>Whether the limits of a single client apply to this one.</summary>
    public bool Concern(Caller caller) => settings.LimitOwnMachine || !caller.IsOfThisMachine;

    /// <summary>Counts a request. Its end must be reported by <see cref="Leave"/>.</summary>
    /// <param name="isStream">A stream of events, which has a limit of its own for how many are open.</param>
    /// <exception cref="RequestException">429 at the client's limit, 503 at the server's; both say when to come back.</exception>
    public Place Enter(Caller caller, bool isCostly, bool isStream = false)
    {
        if (isCostly && Interlocked.Increment(ref _running) > settings.MaxCostly)
        {
            Interlocked.Decrement(ref _running);
            throw RequestErrors.TooBusy(settings.MaxCostly);
        }

        if (!Concern(caller)) return new Place(null, isCostly, isStream, 0);
        try
        {
            return Count(caller.Client, isCostly, isStream);
        }
        catch (RequestException) when (isCostly)
        {
            Interlocked.Decrement(ref _running);
            throw;
        }
    }

    public void Leave(in Place place)
    {
        if (place.IsCostly) Interlocked.Decrement(ref _running);
        if (place.Use is not { } use) return;
        lock (use)
        {
            if (!place.IsStream) use.Running--;
            if (place.IsCostly) use.RunningCostly--;
        }
    }

    private Place Count(ClientId client, bool isCostly, bool isStream)
    {
        while (true)
        {
            var use = UseOf(client);
            lock (use)
            {
                // It was swept since it was found.
                if (use.IsForgotten) continue;
                var now = time.GetTimestamp();
                if (!isStream && use.Running >= settings.ClientRunning)
                    throw RequestErrors.TooManyRunning(settings.ClientRunning, "requests");
                if (isCostly && use.RunningCostly >= settings.ClientRunningCostly)
                    throw RequestErrors.TooManyRunning(settings.ClientRunningCostly, "costly requests");
                var due = use.Due;
                if (_requests.TryCount(ref due, now) is var wait and > 0)
                    throw RequestErrors.TooFast($"{settings.ClientRequests} requests a second", Seconds(wait));
                if (isCostly && _costly.TryCount(ref use.CostlyDue, now) is var pause and > 0)
                    throw RequestErrors.TooFast($"{settings.ClientCostly} costly requests a minute", Seconds(pause));
                use.Due = due;
                if (!isStream) use.Running++;
                if (isCostly) use.RunningCostly++;
                return new Place(use, isCostly, isStream, _requests.Left(due, now));
            }
        }
    }

    private Use UseOf(ClientId client)
    {
        if (_uses.TryGetValue(client, out var use)) return use;
        if (_uses.Count >= MaxClients) Sweep();
        return _uses.Count >= MaxClients ? _others : _uses.GetOrAdd(client, _ => new Use());
    }

    /// <summary>Forgets the clients whose limits are as for new ones, at most once a second.</summary>
    private void Sweep()
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref _swept));
        if (last != 0 && time.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1)) return;
        if (Interlocked.CompareExchange(ref _swept, now, last) != last) return;
        foreach (var (client, use) in _uses)
        {
            lock (use)
            {
                if (use.Running > 0 || use.RunningCostly > 0 || use.Due > now || use.CostlyDue > now) continue;
                use.IsForgotten = true;
                _uses.TryRemove(client, out _);
            }
        }
    }

    private int Seconds(long wait) => Math.Max(1, (int)Math.Ceiling(wait / (double)time.TimestampFrequency));

    /// <summary>What one client uses; locked by its users.</summary>
    internal sealed class Use
    {
        public long Due;
        public long CostlyDue;
        public int Running;
        public int RunningCostly;
        public bool IsForgotten;
    }

    /// <summary>A counted request.</summary>
    /// <param name="Use">Null if the limits of a client do not concern it.</param>
    /// <param name="Left">How many further requests the client may send now.</param>
    internal readonly record struct Place(Use? Use, bool IsCostly, bool IsStream, long Left);
}
