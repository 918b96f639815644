using TsMapSurvey.Grains;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Settings;

/// <summary>
/// A server's settings; the defaults are those of an embedded server on this machine. Each setting is one property. Its attribute defines
/// how it is read, its bounds, the option of <c>tsmap serve</c> with its help, and its row in infra/README.md.
/// </summary>
public sealed record ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    public const string Localhost = "localhost";
    public const string Redis = "redis";
    public const string Postgres = "postgres";

    private const string DefaultUrlInWords = $"{DefaultUrl}, or a free port if that one is in use";
    private const string UpToAnHour = "a time from 00:00:01 to 01:00:00";
    private const string UpToADay = "a time from 00:00:00.05 to 1.00:00:00 (one day)";
    private const string RoleInWords = "1 to 100 printable characters without blanks";
    private const string MaxClients = "100000";
    private const string MaxIntake = "1000000";

    [Setting("Urls", "Addresses to listen on. Port 0 chooses a free port.", Takes = "http://HOST:PORT", Default = DefaultUrlInWords,
        Typed = "--urls", HelpOrder = 4, Help = $"Address to listen on [default: {DefaultUrlInWords}]")]
    public IReadOnlyList<string> Urls { get; init; } = [];

    [Setting("Store:Url", "The store of all data.",
        Takes = "a folder, `https://ACCOUNT.blob.core.windows.net`, or a connection string",
        Typed = "--store", HelpOrder = 2,
        Help = "Folder, https://ACCOUNT.blob.core.windows.net, or a connection string [default: ./tsmap-data]")]
    public string Store { get; init; } = "tsmap-data";

    [Setting("Clustering:Kind", "How silos find each other, and where their reminders are stored. `localhost` is a single silo.",
        Takes = "`localhost`, `redis` or `postgres`",
        Typed = "--clustering", HelpOrder = 7,
        Help = "How silos find each other: localhost (a single silo), redis or postgres [default: localhost]")]
    public string Clustering { get; init; } = Localhost;

    [Setting("Clustering:Connection", "How to connect to Redis or PostgreSQL.",
        Takes = "a connection string of StackExchange.Redis or Npgsql",
        Typed = "--cluster-connection", HelpOrder = 8,
        Help = "Connection to redis or postgres: HOST:PORT,password=... or Host=...;Database=...;Username=...;Password=...")]
    public string? ClusterConnection { get; init; }

    [Setting("Clustering:ClusterId", "Name of the cluster. Servers with the same store and cluster form one system.",
        Takes = "1 to 100 characters",
        Default = "derived from the store's address",
        Typed = "--cluster-id", HelpOrder = 9,
        Help = "Name of the cluster; servers with the same store and cluster form one system [default: derived from the store's address]")]
    public string? ClusterId { get; init; }

    [Setting("Clustering:ProbeTimeout", "How long a silo waits for another's answer to a probe. After three missed probes the silo is "
        + "declared dead; a silo that was only busy then terminates itself. Shorter times are for tests, and for fast networks with "
        + "spare cores. Must be the same on all servers.",
        Min = "00:00:00.2", Max = "00:01:00", Takes = "a time from 00:00:00.2 to 00:01:00")]
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    [Setting("Clustering:Clock",
        "Whether silos use the time of Redis or PostgreSQL, and clocks that never go back, instead of their machines' clocks. "
        + "false suffices if NTP synchronizes the machines. Must be the same on all servers.",
        Takes = "true or false", Default = "true")]
    public bool ClusterClock { get; init; } = true;

    [Setting("Silo:Address", "The address at which other silos reach this one. Only silos should be able to reach it.",
        Takes = "an IP address of this machine", Default = "the first IPv4 address of the machine's networks",
        Typed = "--silo-address", HelpOrder = 10,
        Help = "IP address at which other silos reach this one [default: the first IPv4 address of the machine's networks]")]
    public string? SiloAddress { get; init; }

    [Setting("Intake:Queue", "The queue to which Event Grid sends events about new blobs. A URL is "
        + "`https://ACCOUNT.queue.core.windows.net/QUEUE`, with the process's Azure identity or a SAS of the account (the SAS of a queue "
        + "does not cover the poison queue), or `http://HOST:PORT/devstoreaccount1/QUEUE`. The store must be in Azure or an emulator.",
        Takes = "the name of a queue in the store's account, or a queue's URL",
        Typed = "--intake-queue", HelpOrder = 3,
        Help = "Queue of Event Grid's events about new blobs: its name in the store's account, or its URL "
            + "[default: none, the store is listed]")]
    public string? IntakeQueue { get; init; }

    [Setting("Intake:LongestLine", "If this many observations of a survey are waiting, messages stay in the queue.",
        Min = "1", Max = MaxIntake)]
    public int IntakeLongestLine { get => Grains.LongestLine; init => Grains = Grains with { LongestLine = value }; }

    [Setting("Intake:MessageTakes", "A message that could not be processed is moved to the poison queue after this many attempts.",
        Min = "1", Max = MaxIntake)]
    public int IntakeMessageTakes { get => Grains.MessageTakes; init => Grains = Grains with { MessageTakes = value }; }

    [Setting("Intake:MessageHold", "How long a message received by one server stays invisible to the others.",
        Min = "00:00:01", Max = "01:00:00", Takes = UpToAnHour)]
    public TimeSpan IntakeMessageHold { get => Grains.MessageHold; init => Grains = Grains with { MessageHold = value }; }

    [Setting("Intake:WebhookKey", "The key for posting events about new observations to the webhook.",
        Takes = "16 to 200 letters, digits, `-` and `_`")]
    public string? IntakeWebhookKey { get; init; }

    [Setting("Keys:Write", "The keys for changes; a request sends one in the header `Tsmap-Key`.",
        Takes = "16 to 200 printable characters each")]
    public IReadOnlyList<string> WriteKeys { get; init; } = [];

    [Setting("Keys:OpenWrites", "Whether everyone who can reach the server may write without a key.", Takes = "true or false",
        Default = "false",
        Typed = "--open-writes", HelpOrder = 6,
        Help = "Let everyone who can reach the server change and delete surveys without a key (Keys:Write)")]
    public bool OpenWrites { get; init; }

    [Setting("Keys:Read", "The keys for reading, if reading needs one. Write keys open everything.",
        Takes = "16 to 200 printable characters each")]
    public IReadOnlyList<string> ReadKeys { get; init; } = [];

    [Setting("Keys:OpenReads", "Whether everyone who can reach the server may read without a key or token.", Takes = "true or false",
        Default = "true")]
    public bool OpenReads { get; init; } = true;

    [Setting("Keys:Operate", "The keys for operators: they open `/metrics` and `/ops` only. Write keys open these too.",
        Takes = "16 to 200 printable characters each")]
    public IReadOnlyList<string> OperateKeys { get; init; } = [];

    [Setting("Tokens:Authority", "The issuer of bearer tokens that are accepted beside keys; its keys are read from "
        + "`/.well-known/openid-configuration` below this address. For Entra ID `https://login.microsoftonline.com/TENANT/v2.0`.",
        Takes = "https://HOST/PATH of one tenant")]
    public string? TokenAuthority { get; init; }

    [Setting("Tokens:Audiences", "Audiences (`aud`) for which tokens are accepted: the id of the application that is registered for this "
        + "server.", Takes = "1 to 200 printable characters each")]
    public IReadOnlyList<string> TokenAudiences { get; init; } = [];

    [Setting("Tokens:ReadRole", "The role (`roles`) or scope (`scp`) of tokens that may read.", Takes = RoleInWords)]
    public string TokenReadRole { get; init; } = "Survey.Read";

    [Setting("Tokens:WriteRole", "The role or scope of tokens that may do everything.", Takes = RoleInWords)]
    public string TokenWriteRole { get; init; } = "Survey.Write";

    [Setting("Tokens:OperateRole", "The role or scope of tokens that may read `/metrics` and `/ops`.", Takes = RoleInWords)]
    public string TokenOperateRole { get; init; } = "Survey.Operate";

    [Setting("Proxies:Known", "Proxies whose headers `X-Forwarded-For` and `X-Forwarded-Proto` are believed, so that the limits of "
        + "clients concern the clients and not the proxy.", Takes = "an address or a network, such as 10.0.0.0/8")]
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    [Setting("Hosts:Allowed", "Host names accepted in requests; IP addresses and `localhost` are always accepted. Other names are "
        + "answered with 400. This prevents attacks by DNS rebinding.",
        Takes = "a host name without port, such as tsmap.example.org, or * for any")]
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    [Setting("Cors:Origins", "Origins of other sites whose pages may read. Only this server's pages and programs may write.",
        Takes = "an origin without a path, such as https://dashboard.example.org, or * for any")]
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    [Setting("Health:Url", "Another address, which serves only `/health/live` and `/health/ready`. Its connections are counted "
        + "separately, so it answers when the others are at their limit.", Takes = "http://HOST:PORT with another port than Urls",
        Typed = "--health-urls", HelpOrder = 5,
        Help = "Another address, which serves only /health and has its own limit of connections: http://127.0.0.1:5081 [default: none]")]
    public string? HealthUrl { get; init; }

    [Setting("Limits:Connections", "Concurrent connections to each address; further ones are closed at once.",
        Min = "1", Max = MaxClients)]
    public int MaxConnections { get; init; } = 2000;

    [Setting("Limits:Streams", "Concurrent streams of `/events` of all clients; further requests are answered with 503.",
        Min = "1", Max = MaxClients)]
    public int MaxStreams { get; init; } = 256;

    [Setting("Limits:StreamsPerClient", "Concurrent streams of `/events` of one client; further requests are answered with 429. "
        + "Behind a proxy that `Proxies:Known` does not list, all clients are one: use the value of `Limits:Streams` there.",
        Min = "1", Max = MaxClients)]
    public int MaxStreamsPerClient { get; init; } = 16;

    [Setting("Limits:ClientRequests", "Requests of one client (key, token or address) a second on average, 20 seconds' worth at once; "
        + "further ones are answered with 429. 0 disables it.", Min = "0", Max = MaxIntake)]
    public int ClientRequests { get; init; } = 100;

    [Setting("Limits:ClientCostly", "Costly requests of one client a minute on average, 20 seconds' worth at once: `fresh=true`, surveys' "
        + "images and statistics, files of stacks, and every POST, PUT and DELETE. 0 disables it.", Min = "0", Max = MaxIntake)]
    public int ClientCostly { get; init; } = 300;

    [Setting("Limits:ClientRunning", "Requests of one client that run at the same time, without streams of `/events`.",
        Min = "1", Max = MaxClients)]
    public int ClientRunning { get; init; } = 64;

    [Setting("Limits:ClientRunningCostly", "Costly requests of one client that run at the same time.", Min = "1", Max = MaxClients)]
    public int ClientRunningCostly { get; init; } = 16;

    [Setting("Limits:RunningCostly", "Costly requests of all clients that run at the same time; further ones are answered with 503.",
        Min = "1", Max = MaxClients)]
    public int MaxCostly { get; init; } = 256;

    [Setting("Limits:OwnMachine", "Whether the limits of one client also concern programs on this machine. A proxy on this machine does "
        + "not need it if `Proxies:Known` lists it.", Takes = "true or false", Default = "false")]
    public bool LimitOwnMachine { get; init; }

    [Setting("Limits:BodyTimeout", "How long receiving the body of a request may take, other than that of an uploaded dataset.",
        Min = "00:00:01", Max = "01:00:00", Takes = UpToAnHour)]
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    [Setting("Limits:HeadersTimeout", "How long receiving the headers of a request may take.", Min = "00:00:01", Max = "01:00:00",
        Takes = UpToAnHour)]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    [Setting("Limits:IdleTimeout", "How long a connection may stay open without a request.", Min = "00:00:01", Max = "01:00:00",
        Takes = UpToAnHour)]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    [Setting("Store:HedgeAfter", "A small read of the store without an answer after this time is sent a second time.",
        Min = "00:00:00", Max = "00:01:00", Takes = "a time up to 00:01:00; 00:00:00 disables it")]
    public TimeSpan StoreHedgeAfter { get; init; } = new StorageOptions().HedgeAfter;

    [Setting("Store:TailLength", "A tile writes a checkpoint after more than this many observations since the last one. After a restart "
        + "at most this many are read again; a smaller value writes more.", Min = "1", Max = "1000")]
    public int StoreTailLength { get => Grains.TailLength; init => Grains = Grains with { TailLength = value }; }

    [Setting("Silo:Port", "The port for connections between silos.", Min = "0", Max = "65535",
        Takes = "0 (a free port) to 65535", Default = "a free port",
        Typed = "--silo-port", HelpOrder = 11, Help = "Port for connections between silos [default: a free port]")]
    public int? SiloPort { get; init; }

    [Setting("Silo:GatewayPort", "The port for Orleans clients.", Min = "0", Max = "65535",
        Takes = "0 (a free port) to 65535", Default = "a free port",
        Typed = "--gateway-port", HelpOrder = 12, Help = "Port for Orleans clients [default: a free port]")]
    public int? GatewayPort { get; init; }

    [Setting("Intake:Interval", "The time between two listings for new observations.",
        Min = "00:00:00.05", Max = "1.00:00:00", Takes = UpToADay)]
    public TimeSpan IntakeInterval { get => Grains.ReconcileEvery; init => Grains = Grains with { ReconcileEvery = value }; }

    [Setting("Intake:RetryDelay",
        "The delay before an observation that failed temporarily is retried; it doubles each time, up to two minutes.",
        Min = "00:00:00.05", Max = "1.00:00:00", Takes = UpToADay)]
    public TimeSpan IntakeRetryDelay { get => Grains.RetryDelay; init => Grains = Grains with { RetryDelay = value }; }

    [Setting("Events:Interval", "The time between two checks for changes while clients listen to `/events`.",
        Min = "00:00:00.05", Max = "1.00:00:00", Takes = UpToADay)]
    public TimeSpan EventInterval { get; init; } = TimeSpan.FromSeconds(1);

    [Setting("Cache:Bytes", "Cache of decoded maps and pictures, in bytes.", Default = MemoryShares.Eighth)]
    public long CacheBytes { get; init; } = MemoryShares.Of(8, 256L << 20);

    [Setting("Compute:UploadBytes", "The largest dataset that may be uploaded for a computation, in bytes.")]
    public long UploadBytes { get; init; } = 2L << 30;

    [Setting("Compute:UploadTime", "How long receiving a dataset may take.",
        Min = "00:00:01", Max = "1.00:00:00", Takes = "a time from 00:00:01 to 1.00:00:00 (one day)")]
    public TimeSpan UploadTime { get; init; } = TimeSpan.FromHours(1);

    [Setting("Memory:StackBytes", "Tiles' stacks that stay in memory between uses, in bytes; the least recently used are dropped first.",
        Default = MemoryShares.Quarter)]
    public long StackBytes { get => Grains.StackBytes; init => Grains = Grains with { StackBytes = value }; }

    [Setting("Memory:ObservationBytes", "Decoded observations kept for further tiles, in bytes.", Default = MemoryShares.Eighth)]
    public long ObservationBytes { get => Grains.ObservationBytes; init => Grains = Grains with { ObservationBytes = value }; }

    [Setting("Memory:MosaicBytes", "Mosaics kept for their next update, in bytes.", Default = MemoryShares.Eighth)]
    public long MosaicBytes { get => Grains.MosaicBytes; init => Grains = Grains with { MosaicBytes = value }; }

    [Setting("Memory:TileBytes",
        "The largest tile of a survey, including halo, IRFs and its largest map, in bytes; definitions with larger tiles are rejected.",
        Default = MemoryShares.Quarter)]
    public long TileBytes { get => Grains.TileBytes; init => Grains = Grains with { TileBytes = value }; }

    [Setting("Memory:WorkBytes", "Memory for computing maps, exports, mosaics and pictures, in bytes; at least the size of a tile.",
        Default = MemoryShares.QuarterOfWork)]
    public long WorkBytes { get => Grains.WorkBytes; init => Grains = Grains with { WorkBytes = value }; }

    [Setting("Compute:JobBytes",
        "Memory for all jobs together, their datasets and results, in bytes. Further jobs wait; a job that exceeds it alone fails.",
        Default = MemoryShares.Third)]
    public long JobBytes { get => Grains.JobBytes; init => Grains = Grains with { JobBytes = value }; }

    [Setting("Limits:Surveys", "The number of surveys that the store may have; further definitions are rejected.", Min = "1")]
    public int MaxSurveys { get => Grains.Surveys; init => Grains = Grains with { Surveys = value }; }

    [Setting("Compute:JobTime", "A job fails if it is not done this long after its start, including the time waiting for other jobs.",
        Min = "00:00:01", Max = "24.00:00:00", Takes = "a time from 00:00:01 to 24 days")]
    public TimeSpan JobTime { get => Grains.JobTime; init => Grains = Grains with { JobTime = value }; }

    [Setting("Memory:LimitPercent", "If the process uses more than this percentage of its memory, the least recently used grains are "
        + "deactivated until the use is 10 percentage points lower. 100 disables it.", Min = "20", Max = "100")]
    public int MemoryLimitPercent { get; init; } = 85;

    [Setting("Surveys", "Survey definitions to create when the server starts.", Takes = "the path of a survey.json", IsOfFiles = true,
        Typed = "--survey", HelpOrder = 1, Help = "Survey definitions to serve (survey.json); may be repeated")]
    public IReadOnlyList<string> Surveys { get; init; } = [];

    [Setting("Log:Level", "The minimum level of messages logged to the terminal (stderr).",
        Takes = "one of Trace, Debug, Information, Warning, Error, Critical, None",
        Typed = "--log-level", HelpOrder = 13,
        Help = "Minimum level of log messages: Trace, Debug, Information, Warning, Error [default: Warning]")]
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

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
