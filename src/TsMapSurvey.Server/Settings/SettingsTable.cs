using System.Globalization;
using System.Text;

namespace TsMapSurvey.Server;

/// <summary>
/// Every setting of a server, one row each. The reader, what can be wrong, the options of <c>tsmap serve</c> with their help, and the table in
/// infra/README.md are made of these rows.
/// </summary>
public static class SettingsTable
{
    private const string LongestHour = "a time from 00:00:01 to one hour";
    private const string OfIntervals = "a time from 00:00:00.05 to one day";
    private const int MostOfClients = 100_000;
    private const int MostOfIntake = 1_000_000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ShortestProbe = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(1);

    private static readonly Setting Urls = Setting.List(
        "Urls", "http://HOST:PORT", "Addresses to listen on; port 0 is a free one.",
        settings => settings.Urls, (settings, urls) => settings with { Urls = urls }, SettingsProblems.IsUrl) with
    {
        Usual = $"{ServerSettings.DefaultUrl}, or a free port where that is taken",
        Typed = "--urls",
        Help = $"Address to listen on [default: {ServerSettings.DefaultUrl}, or a free port where that is taken]",
    };

    private static readonly Setting Store = Setting.Text(
        "Store:Url", "a folder, https://ACCOUNT.blob.core.windows.net, or a connection string", "Where everything is stored.",
        settings => settings.Store, (settings, store) => settings with { Store = store }) with
    {
        MoreProblems = settings => SettingsProblems.StoreProblem(settings.Store) is { } problem ? [problem] : [],
        Typed = "--store",
        Help = "Folder, https://ACCOUNT.blob.core.windows.net, or a connection string [default: ./tsmap-data]",
    };

    private static readonly Setting ClusteringKind = Setting.Text(
        "Clustering:Kind", "localhost, redis or postgres",
        "How silos find each other, and where their reminders are; `localhost` is one silo by itself.",
        settings => settings.Clustering, (settings, kind) => settings with { Clustering = kind }) with
    {
        Typed = "--clustering",
        Help = "How silos find each other: localhost (one by itself), redis, postgres [default: localhost]",
    };

    private static readonly Setting ClusterConnection = Setting.Text(
        "Clustering:Connection", "a connection string, as StackExchange.Redis and Npgsql take it", "Where Redis or PostgreSQL is.",
        _ => null, (settings, connection) => settings with { ClusterConnection = connection }) with
    {
        MoreProblems = ClusterProblems.Of,
        Typed = "--cluster-connection",
        Help = "Where redis or postgres is: HOST:PORT,password=... or Host=...;Database=...;Username=...;Password=...",
    };

    private static readonly Setting ClusterId = Setting.Text(
        "Clustering:ClusterId", "1 to 100 characters", "Servers with the same store and cluster are one system.",
        settings => settings.ClusterId, (settings, id) => settings with { ClusterId = id },
        id => id.Length is > 0 and <= 100 && !id.Any(char.IsControl)) with
    {
        Usual = "named after the store",
        Typed = "--cluster-id",
        Help = "Servers with the same store and cluster are one system [default: named after the store]",
    };

    private static readonly Setting SiloAddress = Setting.Text(
        "Silo:Address", "an IP address of this machine that the other silos reach", "Where the other silos reach this one. Nobody else should.",
        settings => settings.SiloAddress, (settings, address) => settings with { SiloAddress = address }, ClusterProblems.IsAddress) with
    {
        Usual = "that of the machine's network",
        Typed = "--silo-address",
        Help = "IP address at which the other silos reach this one [default: that of the machine's network]",
    };

    private static readonly Setting SiloPort = Setting.Port(
        "Silo:Port", "Silo to silo.", settings => settings.SiloPort, (settings, port) => settings with { SiloPort = port }) with
    {
        Usual = "a free port",
        Typed = "--silo-port",
        Help = "Silo to silo [default: a free port]",
    };

    private static readonly Setting GatewayPort = Setting.Port(
        "Silo:GatewayPort", "Clients of Orleans to silo.",
        settings => settings.GatewayPort, (settings, port) => settings with { GatewayPort = port }) with
    {
        Usual = "a free port",
        MoreProblems = ClusterProblems.OfGateway,
        Typed = "--gateway-port",
        Help = "Clients to silo [default: a free port]",
    };

    private static readonly Setting IntakeQueue = Setting.Text(
        "Intake:Queue", "the name of a queue in the store's account, or a queue's URL",
        "The queue that Event Grid fills with events of new blobs. A URL is `https://ACCOUNT.queue.core.windows.net/QUEUE`, with the process's Azure "
            + "identity or with a SAS of the account (a queue's own does not reach the poison queue), or `http://HOST:PORT/devstoreaccount1/QUEUE`. "
            + "The store has to be in Azure or an emulator.",
        settings => settings.IntakeQueue, (settings, queue) => settings with { IntakeQueue = queue }) with
    {
        MoreProblems = IntakeProblems.OfQueue,
        Typed = "--intake-queue",
        Help = "Queue of Event Grid's events of new blobs: its name in the store's account, or its URL [default: none, the store is listed]",
    };

    private static readonly Setting OpenWrites = new(
        "Keys:OpenWrites", "true or false", "Whether writing takes no key, for everybody who reaches the server.",
        (settings, texts) => bool.TryParse(texts[0], out var open) ? settings with { OpenWrites = open } : null)
    {
        Form = "true or false",
        Shown = settings => settings.OpenWrites ? "true" : "false",
        Type = typeof(bool),
        Typed = "--open-writes",
        Help = "Let everybody who reaches the server change and delete surveys, without a key (Keys:Write)",
    };

    private static readonly Setting HealthUrl = Setting.Text(
        "Health:Url", "http://HOST:PORT with a port of its own",
        "One more address, which answers `/health/live` and `/health/ready` alone. Its connections are counted apart, so that it answers when the others "
            + "are full.",
        settings => settings.HealthUrl, (settings, url) => settings with { HealthUrl = url }, AccessProblems.HasPort) with
    {
        MoreProblems = AccessProblems.OfHealth,
        Typed = "--health-urls",
        Help = "One more address, which answers /health alone and has connections of its own: http://127.0.0.1:5081 [default: none]",
    };

    private static readonly Setting Surveys = Setting.List(
        "Surveys", "paths of survey.json files, with `:` between them", "Surveys that are defined when the server starts.",
        settings => settings.Surveys, (settings, files) => settings with { Surveys = files }) with
    {
        Separator = Path.PathSeparator,
        MoreProblems = settings => settings.Surveys.SelectMany(SettingsProblems.OfSurvey),
        Type = typeof(string[]),
        Typed = "--survey",
        Help = "Survey definitions to serve (survey.json); may be repeated",
    };

    private static readonly Setting LogLevel = new(
        "Log:Level", $"one of {string.Join(", ", Enum.GetNames<LogLevel>())}", "What is logged to the terminal (stderr).",
        (settings, texts) => Enum.TryParse<LogLevel>(texts[0], true, out var level) && texts[0].All(char.IsAsciiLetter)
            ? settings with { LogLevel = level } : null)
    {
        Form = $"one of {string.Join(", ", Enum.GetNames<LogLevel>())}",
        Shown = settings => $"{settings.LogLevel}",
        Typed = "--log-level",
        Help = "Trace, Debug, Information, Warning, Error [default: Warning]",
    };

    /// <summary>In this order problems are listed.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Urls,
        Store,
        ClusteringKind,
        ClusterConnection,
        ClusterId,
        Setting.Time(
            "Clustering:ProbeTimeout", ShortestProbe, LongestProbe, $"a time from {ShortestProbe:g} to {LongestProbe:g}",
            "How long a silo waits for another's sign of life. One that misses three is given up, and one that is only busy for that long ends itself: "
                + "shorter is for tests, and for fast networks with cores to spare. The same on all servers.",
            settings => settings.ProbeTimeout, (settings, time) => settings with { ProbeTimeout = time }),
        SiloAddress,
        IntakeQueue,
        Setting.Whole(
            "Intake:LongestLine", 1, MostOfIntake, "With so many observations of a survey in line, messages stay in the queue.",
            settings => settings.Grains.LongestLine, (settings, line) => settings.With(grains => grains with { LongestLine = line })),
        Setting.Whole(
            "Intake:MessageTakes", 1, MostOfIntake, "After so many takes a message that could not be done with goes to the poison queue.",
            settings => settings.Grains.MessageTakes, (settings, takes) => settings.With(grains => grains with { MessageTakes = takes })),
        Setting.Time(
            "Intake:MessageHold", Second, Hour, LongestHour, "How long a message that one server has is hidden from the others.",
            settings => settings.Grains.MessageHold, (settings, time) => settings.With(grains => grains with { MessageHold = time })),
        Setting.Text(
            "Intake:WebhookKey", $"{IntakeProblems.ShortestKey} to {IntakeProblems.LongestKey} letters, digits, `-` and `_`",
            "The key for events of new observations by a webhook.",
            _ => null, (settings, key) => settings with { IntakeWebhookKey = key }) with
        { MoreProblems = IntakeProblems.OfWebhook },
        Setting.List(
            "Keys:Write", $"keys of {AccessProblems.ShortestKey} to {AccessProblems.LongestKey} printable characters each",
            "The keys for writing.",
            settings => settings.WriteKeys, (settings, keys) => settings with { WriteKeys = keys }) with
        { MoreProblems = AccessProblems.OfKeys },
        OpenWrites,
        Setting.List(
            "Hosts:Allowed", "a name as tsmap.example.org, without port, or * for any",
            "Names that requests may come for; IP addresses and `localhost` always may. Another name is answered 400, so that no page whose name was made "
                + "to lead here (DNS rebinding) reads or writes.",
            settings => settings.AllowedHosts, (settings, hosts) => settings with { AllowedHosts = hosts }, AccessProblems.IsHost),
        Setting.List(
            "Cors:Origins", "an origin as https://dashboard.example.org, without a path, or * for any",
            "Origins of other sites whose pages may read. Writing is for this server's own pages and for programs.",
            settings => settings.CorsOrigins, (settings, origins) => settings with { CorsOrigins = origins }, AccessProblems.IsOrigin),
        HealthUrl,
        Setting.Whole(
            "Limits:Connections", 1, MostOfClients, "Connections at a time to each address; one more is closed at once.",
            settings => settings.MostConnections, (settings, most) => settings with { MostConnections = most }),
        Setting.Whole(
            "Limits:Streams", 1, MostOfClients, "Streams of `/events` at a time, of all clients; one more is answered 503.",
            settings => settings.MostStreams, (settings, most) => settings with { MostStreams = most }),
        Setting.Whole(
            "Limits:StreamsPerClient", 1, MostOfClients,
            "Streams of `/events` at a time from one address; one more is answered 429. Behind a proxy all clients have its address: set it as high as "
                + "that of all.",
            settings => settings.MostStreamsPerClient, (settings, most) => settings with { MostStreamsPerClient = most }),
        Setting.Time(
            "Limits:HeadersTimeout", Second, Hour, LongestHour, "How long the head of a request may take.",
            settings => settings.HeadersTimeout, (settings, time) => settings with { HeadersTimeout = time }),
        Setting.Time(
            "Limits:IdleTimeout", Second, Hour, LongestHour, "How long a connection may stay without a request.",
            settings => settings.IdleTimeout, (settings, time) => settings with { IdleTimeout = time }),
        Setting.Time(
            "Store:HedgeAfter", TimeSpan.Zero, TimeSpan.FromMinutes(1), "a time up to one minute, or 00:00:00 for never",
            "A small read of the store that has no answer after so long is put a second time.",
            settings => settings.StoreHedgeAfter, (settings, time) => settings with { StoreHedgeAfter = time }),
        Setting.Whole(
            "Store:TailLength", 1, 1000,
            "A tile writes a checkpoint when more observations than this came since the last one. A restart reads at most as many again; less costs more writing.",
            settings => settings.Grains.TailLength, (settings, length) => settings.With(grains => grains with { TailLength = length })),
        SiloPort,
        GatewayPort,
        Setting.Time(
            "Intake:Interval", ShortestInterval, Day, OfIntervals, "Between two looks for new observations.",
            settings => settings.Grains.ReconcileEvery, (settings, time) => settings.With(grains => grains with { ReconcileEvery = time })),
        Setting.Time(
            "Intake:RetryDelay", ShortestInterval, Day, OfIntervals,
            "Before an observation that could not be finished is tried again; doubles each time, up to two minutes.",
            settings => settings.Grains.RetryDelay, (settings, time) => settings.With(grains => grains with { RetryDelay = time })),
        Setting.Time(
            "Events:Interval", ShortestInterval, Day, OfIntervals, "Between two looks for what to tell those who listen to events.",
            settings => settings.EventInterval, (settings, time) => settings with { EventInterval = time }),
        Setting.Bytes(
            "Cache:Bytes", MemoryShares.Eighth, "Decoded maps and pictures kept for the next who asks.",
            settings => settings.CacheBytes, (settings, bytes) => settings with { CacheBytes = bytes }),
        Setting.Bytes(
            "Compute:UploadBytes", null, "One dataset uploaded for a computation.",
            settings => settings.UploadBytes, (settings, bytes) => settings with { UploadBytes = bytes }),
        Setting.Bytes(
            "Memory:StackBytes", MemoryShares.Quarter, "The tiles' stacks that stay in memory between uses; those longest unused go first.",
            settings => settings.Grains.StackBytes, (settings, bytes) => settings.With(grains => grains with { StackBytes = bytes })),
        Setting.Bytes(
            "Memory:ObservationBytes", MemoryShares.Eighth, "Decoded observations kept for the next tile that takes them.",
            settings => settings.Grains.ObservationBytes, (settings, bytes) => settings.With(grains => grains with { ObservationBytes = bytes })),
        Setting.Bytes(
            "Memory:MosaicBytes", MemoryShares.Eighth, "Mosaics kept for their next change.",
            settings => settings.Grains.MosaicBytes, (settings, bytes) => settings.With(grains => grains with { MosaicBytes = bytes })),
        Setting.Bytes(
            "Memory:TileBytes", MemoryShares.Quarter,
            "One tile of a survey, halo, IRFs and its largest map included; a definition whose tiles take more is refused.",
            settings => settings.Grains.TileBytes, (settings, bytes) => settings.With(grains => grains with { TileBytes = bytes })),
        Setting.Bytes(
            "Memory:WorkBytes", MemoryShares.QuarterOfWork, "Maps, exports, mosaics and pictures in the making; at least as much as a tile takes.",
            settings => settings.Grains.WorkBytes, (settings, bytes) => settings.With(grains => grains with { WorkBytes = bytes })),
        Setting.Bytes(
            "Compute:JobBytes", MemoryShares.Third,
            "Jobs, and so one job: its datasets, and what is computed of them. More waits, or fails where it can never fit.",
            settings => settings.Grains.JobBytes, (settings, bytes) => settings.With(grains => grains with { JobBytes = bytes })),
        Setting.Whole(
            "Limits:Surveys", 1, int.MaxValue, "Surveys that the store may have; one more is refused.",
            settings => settings.Grains.Surveys, (settings, most) => settings.With(grains => grains with { Surveys = most })),
        Setting.Time(
            "Compute:JobTime", Second, TimeSpan.FromDays(24), "a time from 00:00:01 to 24 days",
            "A job that is not done so long after it was started, waiting for others included, fails.",
            settings => settings.Grains.JobTime, (settings, time) => settings.With(grains => grains with { JobTime = time })),
        Setting.Whole(
            "Memory:LimitPercent", 20, 100,
            "Per cent of the process's memory above which grains that are longest unused are put down, until it is a tenth less; 100 is never.",
            settings => settings.MemoryLimitPercent, (settings, percent) => settings with { MemoryLimitPercent = percent }),
        Surveys,
        LogLevel,
    ];

    /// <summary>Those that are options of <c>tsmap serve</c>, in the order of its help.</summary>
    public static IReadOnlyList<Setting> AllAsTyped { get; } =
    [
        Surveys, Store, IntakeQueue, Urls, HealthUrl, OpenWrites, ClusteringKind, ClusterConnection, ClusterId, SiloAddress, SiloPort, GatewayPort, LogLevel,
    ];

    /// <summary>The table in infra/README.md.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("| setting | takes | default | meaning |\n|---|---|---|---|\n");
        foreach (var setting in All.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            var typed = setting.Typed is { } option ? $", `{option}`" : "";
            var list = setting.Separator == ';' ? ", with `;` between several" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{SettingsReader.Prefix}{setting.Key.Replace(":", "__", StringComparison.Ordinal)}`{typed} | {setting.Takes}{list} | {setting.Default} | {setting.Meaning} |\n");
        }

        return text.ToString();
    }
}
