using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Settings;

/// <summary>How a server runs; whatever is not set has the defaults of an embedded server on this machine.</summary>
public sealed record ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public const string Localhost = "localhost";
    public const string Redis = "redis";
    public const string Postgres = "postgres";

    /// <summary>Addresses to listen on, http://HOST:PORT (port 0: a free one). Empty: <see cref="DefaultUrl"/>, or a free port where that is taken.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>A folder, or the address of a container as the storage takes it.</summary>
    public string Store { get; init; } = "tsmap-data";

    /// <summary>Paths of survey.json files, defined when the server starts.</summary>
    public IReadOnlyList<string> Surveys { get; init; } = [];

    /// <summary>Surveys that the store may have; one more is refused.</summary>
    public int MostSurveys { get; init; } = 1000;

    /// <summary>How silos find each other, and where their reminders are: localhost (one silo by itself), redis or postgres.</summary>
    public string Clustering { get; init; } = Localhost;

    /// <summary>Connection string of the clustering's store, as StackExchange.Redis and Npgsql take it.</summary>
    public string? ClusterConnection { get; init; }

    /// <summary>Servers with the same store and cluster are one system; null: named after the store.</summary>
    public string? ClusterId { get; init; }

    /// <summary>
    /// How long a silo waits for another's sign of life; one that misses three is given up. Everything else about membership is a multiple of it. A silo that is
    /// only busy for longer than three of them is given up too, and ends itself: less than the default is for tests, and for fast networks with cores to spare.
    /// </summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether silos go by the time of the cluster's store, and by clocks that never go back, rather than by the clocks of their machines: false is enough
    /// where NTP keeps those.
    /// </summary>
    public bool ClusterClock { get; init; } = true;

    /// <summary>The IP address at which the other silos reach this one; null: that of the machine's network. Nobody else should reach it.</summary>
    public string? SiloAddress { get; init; }

    /// <summary>Silo to silo; null: a free port.</summary>
    public int? SiloPort { get; init; }

    /// <summary>Orleans clients; null: a free port.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>Between two looks for new observations.</summary>
    public TimeSpan IntakeInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before an observation that could not be finished is tried again; doubles each time, up to two minutes.</summary>
    public TimeSpan IntakeRetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The queue that Event Grid fills with events of the store's new blobs: its name in the store's account, or its URL. Null: none, observations are
    /// found by looking and by who tells of them.
    /// </summary>
    public string? IntakeQueue { get; init; }

    /// <summary>With so many observations of a survey in line, no more messages are taken from the queue.</summary>
    public int IntakeLongestLine { get; init; } = 256;

    /// <summary>A message that was taken so often and could not be done with goes to the poison queue.</summary>
    public int IntakeMessageTakes { get; init; } = 20;

    /// <summary>How long a message that one server has is hidden from the others.</summary>
    public TimeSpan IntakeMessageHold { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What whoever posts events of new observations has to show. Null: nobody may.</summary>
    public string? IntakeWebhookKey { get; init; }

    /// <summary>Whoever changes something has to show one of these. Empty: writing is open, which a server that other machines reach refuses unless <see cref="OpenWrites"/>.</summary>
    public IReadOnlyList<string> WriteKeys { get; init; } = [];

    /// <summary>Whether everybody who reaches this server may change what it has.</summary>
    public bool OpenWrites { get; init; }

    /// <summary>Names of this server that requests may come for, beside localhost and every IP address; * for any.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins of web pages elsewhere whose scripts may read, as https://dashboard.example.org; * for any. Empty: none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>One more address, which answers /health alone and has connections of its own. Null: none.</summary>
    public string? HealthUrl { get; init; }

    /// <summary>Connections at a time to each address; one more is closed at once.</summary>
    public int MostConnections { get; init; } = 2000;

    /// <summary>Streams of events at a time, of all clients.</summary>
    public int MostStreams { get; init; } = 256;

    /// <summary>Streams of events at a time from one address.</summary>
    public int MostStreamsPerClient { get; init; } = 16;

    /// <summary>How long the head of a request may take to come.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection on which nothing is asked for so long is closed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A small read of the store that has no answer after so long is put a second time; zero: never.</summary>
    public TimeSpan StoreHedgeAfter { get; init; } = new StorageOptions().HedgeAfter;

    /// <summary>A tile writes a checkpoint when more observations than this came since the last one; a restart reads at most as many again.</summary>
    public int StoreTailLength { get; init; } = 32;

    /// <summary>Between two looks for what to tell those who listen to events.</summary>
    public TimeSpan EventInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of decoded maps and pictures kept for the next who asks.</summary>
    public long CacheBytes { get; init; } = MemoryShares.Of(8, 256L << 20);

    /// <summary>Bytes of the tiles' stacks that stay in this silo's memory; those longest unused are dropped, and read again when needed.</summary>
    public long StackBytes { get; init; } = MemoryShares.Of(4, 1L << 30);

    /// <summary>
    /// Bytes that one tile of a survey may take, halo, IRFs and its largest map included; a definition whose tiles take more is refused.
    /// </summary>
    public long TileBytes { get; init; } = MemoryShares.Of(4, 1L << 30);

    /// <summary>Bytes that maps, exports, mosaics and pictures may take while they are made; at least <see cref="TileBytes"/>.</summary>
    public long WorkBytes { get; init; } = MemoryShares.Of(4, 2L << 30);

    /// <summary>
    /// Bytes that jobs may take in this silo, and so one job: its datasets, and what is computed of them. More waits, or fails where it can
    /// never fit.
    /// </summary>
    public long JobBytes { get; init; } = MemoryShares.Of(3, 4L << 30);

    /// <summary>A job that is not done so long after it was started, waiting for others included, fails.</summary>
    public TimeSpan JobTime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Bytes of decoded observations kept for the next tile that takes them.</summary>
    public long ObservationBytes { get; init; } = MemoryShares.Of(8, 256L << 20);

    /// <summary>Bytes of mosaics kept for their next change.</summary>
    public long MosaicBytes { get; init; } = MemoryShares.Of(8, 256L << 20);

    /// <summary>Per cent of the process's memory above which grains that are longest unused are put down, until it is a tenth less; 100: never.</summary>
    public int MemoryLimitPercent { get; init; } = 85;

    /// <summary>Bytes of one dataset uploaded for a computation.</summary>
    public long UploadBytes { get; init; } = 2L << 30;

    /// <summary>What is logged to the terminal (stderr).</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;
}
