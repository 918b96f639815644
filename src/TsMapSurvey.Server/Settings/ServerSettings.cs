
namespace TsMapSurvey.Server;

/// <summary>How a server runs; whatever is not set has the defaults of an embedded server on this machine.</summary>
public sealed record ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Addresses to listen on, http://HOST:PORT (port 0: a free one). Empty: <see cref="DefaultUrl"/>, or a free port where that is taken.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>A folder, or the address of a container as the storage takes it.</summary>
    public string Store { get; init; } = "tsmap-data";

    /// <summary>Paths of survey.json files, defined when the server starts.</summary>
    public IReadOnlyList<string> Surveys { get; init; } = [];

    /// <summary>How silos find each other; only localhost is possible yet.</summary>
    public string Clustering { get; init; } = "localhost";

    /// <summary>Connection string of the clustering's store.</summary>
    public string? ClusterConnection { get; init; }

    public string ClusterId { get; init; } = "tsmap";

    /// <summary>Silo to silo; null: a free port.</summary>
    public int? SiloPort { get; init; }

    /// <summary>Orleans clients; null: a free port.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>Between two looks for new observations.</summary>
    public TimeSpan IntakeInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks for what to tell those who listen to events.</summary>
    public TimeSpan EventInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of decoded maps and pictures kept for the next who asks.</summary>
    public long CacheBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of one dataset uploaded for a computation.</summary>
    public long UploadBytes { get; init; } = 2L << 30;

    /// <summary>What is logged to the terminal (stderr).</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;
}
