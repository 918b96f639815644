using StackExchange.Redis;

namespace TsMapSurvey.Server;

/// <summary>Membership and reminders in Redis. One connection serves both; once made, it comes back by itself when it was lost.</summary>
internal sealed class RedisLink : ClusterLink
{
    private readonly ConnectionMultiplexer _redis;
    private readonly ConfigurationOptions _options;

    private RedisLink(ConnectionMultiplexer redis, ConfigurationOptions options) => (_redis, _options) = (redis, options);

    public override string Description => Describe(_options);

    public static new async Task<RedisLink> OpenAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var options = ConfigurationOptions.Parse(settings.ClusterConnection!);
        // The first connection is made or the start fails; what the string says about that is for programs that wait.
        (options.AbortOnConnectFail, options.ConnectRetry, options.ClientName) = (true, 1, "tsmap");
        options.ConnectTimeout = (int)Patience.TotalMilliseconds;
        try
        {
            var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(Patience * 2, cancellationToken);
            await redis.GetDatabase().PingAsync().WaitAsync(Patience, cancellationToken);
            return new RedisLink(redis, options);
        }
        catch (Exception bad) when (bad is RedisException or TimeoutException)
        {
            throw Unreachable(Describe(options), bad);
        }
    }

    public override void AddTo(ISiloBuilder silo, ServerSettings settings)
    {
        SiloIdentity.AddTo(silo, settings);
        silo.UseRedisClustering(redis =>
        {
            redis.ConfigurationOptions = _options;
            redis.CreateMultiplexer = _ => Task.FromResult<(IConnectionMultiplexer, bool)>((_redis, true));
        });
        SteadyMembership.AddTo(silo.Services, settings);
        silo.UseRedisReminderService(redis =>
        {
            redis.ConfigurationOptions = _options;
            redis.CreateMultiplexer = _ => Task.FromResult<(IConnectionMultiplexer, bool)>((_redis, true));
        });
    }

    public override ValueTask DisposeAsync() => _redis.DisposeAsync();

    private static string Describe(ConfigurationOptions options) => $"redis at {string.Join(", ", options.EndPoints.Select(point => point.ToString()?.Replace("Unspecified/", "", StringComparison.Ordinal)))}";
}
