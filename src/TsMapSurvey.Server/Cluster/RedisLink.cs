using StackExchange.Redis;
using TsMapSurvey.Server.Cluster.Clocks;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Cluster;

/// <summary>Membership and reminders in Redis, on one shared connection that reconnects by itself.</summary>
internal sealed class RedisLink : ClusterLink
{
    private readonly ConnectionMultiplexer _redis;
    private readonly ConfigurationOptions _options;
    private readonly ClusterClock? _clock;

    private RedisLink(ConnectionMultiplexer redis, ConfigurationOptions options, ClusterClock? clock) =>
        (_redis, _options, _clock) = (redis, options, clock);

    public override string Description => Describe(_options);

    public static new async Task<RedisLink> OpenAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var options = ConfigurationOptions.Parse(settings.ClusterConnection!);
        // A failed first connection must fail the start, whatever the connection string says about retries.
        (options.AbortOnConnectFail, options.ConnectRetry, options.ClientName) = (true, 1, "tsmap");
        options.ConnectTimeout = (int)Timeout.TotalMilliseconds;
        try
        {
            var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(Timeout * 2, cancellationToken);
            return new RedisLink(
                redis, options, await ClusterClock.OpenAsync(settings, token => TimeAsync(redis, token), cancellationToken));
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw Unreachable(Describe(options), exception);
        }
    }

    public override void AddTo(ISiloBuilder silo, ServerSettings settings)
    {
        SiloIdentity.AddTo(silo, settings);
        _clock?.AddTo(silo);
        silo.UseRedisClustering(redis =>
        {
            redis.ConfigurationOptions = _options;
            redis.CreateMultiplexer = _ => Task.FromResult<(IConnectionMultiplexer, bool)>((_redis, true));
        });
        silo.UseRedisReminderService(redis =>
        {
            redis.ConfigurationOptions = _options;
            redis.CreateMultiplexer = _ => Task.FromResult<(IConnectionMultiplexer, bool)>((_redis, true));
        });
    }

    public override ValueTask DisposeAsync() => _redis.DisposeAsync();

    /// <summary>The time of the first connected server. A replica's data may lag, but its clock does not.</summary>
    private static async Task<DateTimeOffset> TimeAsync(ConnectionMultiplexer redis, CancellationToken cancellationToken)
    {
        var server = redis.GetServers().FirstOrDefault(candidate => candidate.IsConnected)
            ?? throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, "no server is connected");
        return new DateTimeOffset(DateTime.SpecifyKind(await server.TimeAsync().WaitAsync(Timeout, cancellationToken), DateTimeKind.Utc));
    }

    private static string Describe(ConfigurationOptions options) =>
        "redis at " + string.Join(
            ", ", options.EndPoints.Select(point => point.ToString()?.Replace("Unspecified/", "", StringComparison.Ordinal)));
}
