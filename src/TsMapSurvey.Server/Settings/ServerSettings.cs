using TsMapSurvey.Grains;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Settings;

/// <summary>
/// How a server runs; whatever is not set has the defaults of an embedded server on this machine. Each setting is one property:
/// the reader, the bounds, the options of <c>tsmap serve</c> with their help, and the table in infra/README.md are made of the attributes.
/// </summary>
public sealed record ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public const string Localhost = "localhost";
    public const string Redis = "redis";
    public const string Postgres = "postgres";

    private const string DefaultUrlInWords = $"{DefaultUrl}, or a free port where that is taken";
    private const string UpToAnHour = "a time from 00:00:01 to one hour";
    private const string UpToADay = "a time from 00:00:00.05 to one day";
    private const string MostOfClients = "100000";
    private const string MostOfIntake = "1000000";

    [Setting("Urls", "Addresses to listen on; port 0 is a free one.", Takes = "http://HOST:PORT", Default = DefaultUrlInWords,
        Typed = "--urls", HelpPlace = 4, Help = $"Address to listen on [default: {DefaultUrlInWords}]")]
    public IReadOnlyList<string> Urls { get; init; } = [];

    [Setting("Store:Url", "Where everything is stored.",
        Takes = "a folder, `https://ACCOUNT.blob.core.windows.net`, or a connection string",
        Typed = "--store", HelpPlace = 2,
        Help = "Folder, https://ACCOUNT.blob.core.windows.net, or a connection string [default: ./tsmap-data]")]
    public string Store { get; init; } = "tsmap-data";

    [Setting("Clustering:Kind", "How silos find each other, and where their reminders are; `localhost` is one silo by itself.",
        Takes = "`localhost`, `redis` or `postgres`",
        Typed = "--clustering", HelpPlace = 7,
        Help = "How silos find each other: localhost (one by itself), redis, postgres [default: localhost]")]
    public string Clustering { get; init; } = Localhost;

    [Setting("Clustering:Connection", "Where Redis or PostgreSQL is.",
        Takes = "a connection string, as StackExchange.Redis and Npgsql take it",
        Typed = "--cluster-connection", HelpPlace = 8,
        Help = "Where redis or postgres is: HOST:PORT,password=... or Host=...;Database=...;Username=...;Password=...")]
    public string? ClusterConnection { get; init; }

    [Setting("Clustering:ClusterId", "Servers with the same store and cluster are one system.", Takes = "1 to 100 characters",
        Default = "named after the store",
        Typed = "--cluster-id", HelpPlace = 9,
        Help = "Servers with the same store and cluster are one system [default: named after the store]")]
    public string? ClusterId { get; init; }

    [Setting("Clustering:ProbeTimeout", "How long a silo waits for another's sign of life. One that misses three is given up, and one "
        + "that is only busy for that long ends itself: shorter is for tests, and for fast networks with cores to spare. "
        + "The same on all servers.",
        Least = "00:00:00.2", Most = "00:01:00", Takes = "a time from 0:00:00.2 to 0:01:00")]
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    [Setting("Clustering:Clock",
        "Whether silos go by the time of the cluster's store, and by clocks that never go back, rather than by the clocks of "
        + "their machines: false is enough where NTP keeps those. The same on all servers.", Takes = "true or false", Default = "true")]
    public bool ClusterClock { get; init; } = true;

    [Setting("Silo:Address", "Where the other silos reach this one. Nobody else should.",
        Takes = "an IP address of this machine that the other silos reach", Default = "that of the machine's network",
        Typed = "--silo-address", HelpPlace = 10,
        Help = "IP address at which the other silos reach this one [default: that of the machine's network]")]
    public string? SiloAddress { get; init; }

    [Setting("Intake:Queue", "The queue that Event Grid fills with events of new blobs. A URL is "
        + "`https://ACCOUNT.queue.core.windows.net/QUEUE`, with the process's Azure identity or with a SAS of the account (a queue's own "
        + "does not reach the poison queue), or `http://HOST:PORT/devstoreaccount1/QUEUE`. The store has to be in Azure or an emulator.",
        Takes = "the name of a queue in the store's account, or a queue's URL",
        Typed = "--intake-queue", HelpPlace = 3,
        Help = "Queue of Event Grid's events of new blobs: its name in the store's account, or its URL "
            + "[default: none, the store is listed]")]
    public string? IntakeQueue { get; init; }

    [Setting("Intake:LongestLine", "With so many observations of a survey in line, messages stay in the queue.",
        Least = "1", Most = MostOfIntake)]
    public int IntakeLongestLine { get => Grains.LongestLine; init => Grains = Grains with { LongestLine = value }; }

    [Setting("Intake:MessageTakes", "After so many takes a message that could not be done with goes to the poison queue.",
        Least = "1", Most = MostOfIntake)]
    public int IntakeMessageTakes { get => Grains.MessageTakes; init => Grains = Grains with { MessageTakes = value }; }

    [Setting("Intake:MessageHold", "How long a message that one server has is hidden from the others.",
        Least = "00:00:01", Most = "01:00:00", Takes = UpToAnHour)]
    public TimeSpan IntakeMessageHold { get => Grains.MessageHold; init => Grains = Grains with { MessageHold = value }; }

    [Setting("Intake:WebhookKey", "The key for events of new observations by a webhook.",
        Takes = "16 to 200 letters, digits, `-` and `_`")]
    public string? IntakeWebhookKey { get; init; }

    [Setting("Keys:Write", "The keys for writing.", Takes = "16 to 200 printable characters each")]
    public IReadOnlyList<string> WriteKeys { get; init; } = [];

    [Setting("Keys:OpenWrites", "Whether writing takes no key, for everybody who reaches the server.", Takes = "true or false",
        Default = "false",
        Typed = "--open-writes", HelpPlace = 6,
        Help = "Let everybody who reaches the server change and delete surveys, without a key (Keys:Write)")]
    public bool OpenWrites { get; init; }

    [Setting("Hosts:Allowed", "Names that requests may come for; IP addresses and `localhost` always may. Another name is answered 400, "
        + "so that no page whose name was made to lead here (DNS rebinding) reads or writes.",
        Takes = "a name as tsmap.example.org, without port, or * for any")]
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    [Setting("Cors:Origins", "Origins of other sites whose pages may read. Writing is for this server's own pages and for programs.",
        Takes = "an origin as https://dashboard.example.org, without a path, or * for any")]
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    [Setting("Health:Url", "One more address, which answers `/health/live` and `/health/ready` alone. Its connections are counted apart, "
        + "so that it answers when the others are full.", Takes = "http://HOST:PORT with a port of its own",
        Typed = "--health-urls", HelpPlace = 5,
        Help = "One more address, which answers /health alone and has connections of its own: http://127.0.0.1:5081 [default: none]")]
    public string? HealthUrl { get; init; }

    [Setting("Limits:Connections", "Connections at a time to each address; one more is closed at once.",
        Least = "1", Most = MostOfClients)]
    public int MostConnections { get; init; } = 2000;

    [Setting("Limits:Streams", "Streams of `/events` at a time, of all clients; one more is answered 503.",
        Least = "1", Most = MostOfClients)]
    public int MostStreams { get; init; } = 256;

    [Setting("Limits:StreamsPerClient", "Streams of `/events` at a time from one address; one more is answered 429. Behind a proxy all "
        + "clients have its address: allow one as many as all.", Least = "1", Most = MostOfClients)]
    public int MostStreamsPerClient { get; init; } = 16;

    [Setting("Limits:HeadersTimeout", "How long the head of a request may take.", Least = "00:00:01", Most = "01:00:00",
        Takes = UpToAnHour)]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    [Setting("Limits:IdleTimeout", "How long a connection may stay without a request.", Least = "00:00:01", Most = "01:00:00",
        Takes = UpToAnHour)]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    [Setting("Store:HedgeAfter", "A small read of the store that has no answer after so long is put a second time.",
        Least = "00:00:00", Most = "00:01:00", Takes = "a time up to one minute, or 00:00:00 for never")]
    public TimeSpan StoreHedgeAfter { get; init; } = new StorageOptions().HedgeAfter;

    [Setting("Store:TailLength", "A tile writes a checkpoint when more observations than this came since the last one. A restart reads "
        + "at most as many again; less costs more writing.", Least = "1", Most = "1000")]
    public int StoreTailLength { get => Grains.TailLength; init => Grains = Grains with { TailLength = value }; }

    [Setting("Silo:Port", "Silo to silo.", Least = "0", Most = "65535", Takes = "0 (a free port) to 65535", Default = "a free port",
        Typed = "--silo-port", HelpPlace = 11, Help = "Silo to silo [default: a free port]")]
    public int? SiloPort { get; init; }

    [Setting("Silo:GatewayPort", "Clients of Orleans to silo.", Least = "0", Most = "65535",
        Takes = "0 (a free port) to 65535", Default = "a free port",
        Typed = "--gateway-port", HelpPlace = 12, Help = "Clients to silo [default: a free port]")]
    public int? GatewayPort { get; init; }

    [Setting("Intake:Interval", "Between two looks for new observations.", Least = "00:00:00.05", Most = "1.00:00:00", Takes = UpToADay)]
    public TimeSpan IntakeInterval { get => Grains.ReconcileEvery; init => Grains = Grains with { ReconcileEvery = value }; }

    [Setting("Intake:RetryDelay",
        "Before an observation that could not be finished is tried again; doubles each time, up to two minutes.",
        Least = "00:00:00.05", Most = "1.00:00:00", Takes = UpToADay)]
    public TimeSpan IntakeRetryDelay { get => Grains.RetryDelay; init => Grains = Grains with { RetryDelay = value }; }

    [Setting("Events:Interval", "Between two looks for what to tell those who listen to events.",
        Least = "00:00:00.05", Most = "1.00:00:00", Takes = UpToADay)]
    public TimeSpan EventInterval { get; init; } = TimeSpan.FromSeconds(1);

    [Setting("Cache:Bytes", "Decoded maps and pictures kept for the next who asks.", Default = MemoryShares.Eighth)]
    public long CacheBytes { get; init; } = MemoryShares.Of(8, 256L << 20);

    [Setting("Compute:UploadBytes", "One dataset uploaded for a computation.")]
    public long UploadBytes { get; init; } = 2L << 30;

    [Setting("Memory:StackBytes", "The tiles' stacks that stay in memory between uses; those longest unused go first.",
        Default = MemoryShares.Quarter)]
    public long StackBytes { get => Grains.StackBytes; init => Grains = Grains with { StackBytes = value }; }

    [Setting("Memory:ObservationBytes", "Decoded observations kept for the next tile that takes them.", Default = MemoryShares.Eighth)]
    public long ObservationBytes { get => Grains.ObservationBytes; init => Grains = Grains with { ObservationBytes = value }; }

    [Setting("Memory:MosaicBytes", "Mosaics kept for their next change.", Default = MemoryShares.Eighth)]
    public long MosaicBytes { get => Grains.MosaicBytes; init => Grains = Grains with { MosaicBytes = value }; }

    [Setting("Memory:TileBytes",
        "One tile of a survey, halo, IRFs and its largest map included; a definition whose tiles take more is refused.",
        Default = MemoryShares.Quarter)]
    public long TileBytes { get => Grains.TileBytes; init => Grains = Grains with { TileBytes = value }; }

    [Setting("Memory:WorkBytes", "Maps, exports, mosaics and pictures in the making; at least as much as a tile takes.",
        Default = MemoryShares.QuarterOfWork)]
    public long WorkBytes { get => Grains.WorkBytes; init => Grains = Grains with { WorkBytes = value }; }

    [Setting("Compute:JobBytes",
        "Jobs, and so one job: its datasets, and what is computed of them. More waits, or fails where it can never fit.",
        Default = MemoryShares.Third)]
    public long JobBytes { get => Grains.JobBytes; init => Grains = Grains with { JobBytes = value }; }

    [Setting("Limits:Surveys", "Surveys that the store may have; one more is refused.", Least = "1")]
    public int MostSurveys { get => Grains.Surveys; init => Grains = Grains with { Surveys = value }; }

    [Setting("Compute:JobTime", "A job that is not done so long after it was started, waiting for others included, fails.",
        Least = "00:00:01", Most = "24.00:00:00", Takes = "a time from 00:00:01 to 24 days")]
    public TimeSpan JobTime { get => Grains.JobTime; init => Grains = Grains with { JobTime = value }; }

    [Setting("Memory:LimitPercent", "Per cent of the process's memory above which grains that are longest unused are put down, until it "
        + "is a tenth less; 100 is never.", Least = "20", Most = "100")]
    public int MemoryLimitPercent { get; init; } = 85;

    [Setting("Surveys", "Surveys that are defined when the server starts.", Takes = "the path of a survey.json", IsOfFiles = true,
        Typed = "--survey", HelpPlace = 1, Help = "Survey definitions to serve (survey.json); may be repeated")]
    public IReadOnlyList<string> Surveys { get; init; } = [];

    [Setting("Log:Level", "What is logged to the terminal (stderr).",
        Takes = "one of Trace, Debug, Information, Warning, Error, Critical, None",
        Typed = "--log-level", HelpPlace = 13, Help = "Trace, Debug, Information, Warning, Error [default: Warning]")]
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>What the silo's grains take of these settings.</summary>
    internal GrainOptions Grains { get; init; } = new()
    {
        StackBytes = MemoryShares.Of(4, 1L << 30),
        TileBytes = MemoryShares.Of(4, 1L << 30),
        WorkBytes = MemoryShares.Of(4, 2L << 30),
        JobBytes = MemoryShares.Of(3, 4L << 30),
        ObservationBytes = MemoryShares.Of(8, 256L << 20),
        MosaicBytes = MemoryShares.Of(8, 256L << 20),
    };
}
