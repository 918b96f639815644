using TsMapSurvey.Grains;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server;

/// <summary>
/// How a server runs; whatever is not set has the defaults of an embedded server on this machine. <see cref="SettingsTable"/> says what each setting means
/// and takes.
/// </summary>
public sealed record ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public const string Localhost = "localhost";
    public const string Redis = "redis";
    public const string Postgres = "postgres";

    /// <summary>Addresses to listen on, http://HOST:PORT (port 0: a free one). Empty: <see cref="DefaultUrl"/>, or a free port where that is taken.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    public string Store { get; init; } = "tsmap-data";

    public IReadOnlyList<string> Surveys { get; init; } = [];

    /// <summary><see cref="Localhost"/>, <see cref="Redis"/> or <see cref="Postgres"/>.</summary>
    public string Clustering { get; init; } = Localhost;

    public string? ClusterConnection { get; init; }

    /// <summary>Null: named after the store.</summary>
    public string? ClusterId { get; init; }

    /// <summary>A silo that misses three is given up. Everything else about membership is a multiple of it.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Null: the address of the machine's network.</summary>
    public string? SiloAddress { get; init; }

    /// <summary>Null: a free port.</summary>
    public int? SiloPort { get; init; }

    /// <summary>Null: a free port.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>Null: none, observations are found by looking and by who tells of them.</summary>
    public string? IntakeQueue { get; init; }

    /// <summary>Null: nobody may post events of new observations.</summary>
    public string? IntakeWebhookKey { get; init; }

    /// <summary>Empty: writing is open, which a server that other machines reach refuses unless <see cref="OpenWrites"/>.</summary>
    public IReadOnlyList<string> WriteKeys { get; init; } = [];

    public bool OpenWrites { get; init; }

    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    public string? HealthUrl { get; init; }

    public int MostConnections { get; init; } = 2000;

    public int MostStreams { get; init; } = 256;

    public int MostStreamsPerClient { get; init; } = 16;

    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan StoreHedgeAfter { get; init; } = new StorageOptions().HedgeAfter;

    public TimeSpan EventInterval { get; init; } = TimeSpan.FromSeconds(1);

    public long CacheBytes { get; init; } = MemoryShares.Of(8, 256L << 20);

    public long UploadBytes { get; init; } = 2L << 30;

    public int MemoryLimitPercent { get; init; } = 85;

    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>What the silo's grains take of these settings.</summary>
    public GrainOptions Grains { get; init; } = new()
    {
        StackBytes = MemoryShares.Of(4, 1L << 30),
        TileBytes = MemoryShares.Of(4, 1L << 30),
        WorkBytes = MemoryShares.Of(4, 2L << 30),
        JobBytes = MemoryShares.Of(3, 4L << 30),
        ObservationBytes = MemoryShares.Of(8, 256L << 20),
        MosaicBytes = MemoryShares.Of(8, 256L << 20),
    };

    /// <summary>These settings with other ones of the grains.</summary>
    public ServerSettings With(Func<GrainOptions, GrainOptions> change) => this with { Grains = change(Grains) };
}
