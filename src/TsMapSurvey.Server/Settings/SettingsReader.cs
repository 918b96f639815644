using System.Globalization;

namespace TsMapSurvey.Server.Settings;

/// <summary>
/// Settings from appsettings.json of the working folder, then the environment (TSMAP_Store__Url is Store:Url), then the command line: the later one wins.
/// Keys: Urls, Store:Url, Store:HedgeAfter, Store:TailLength, Surveys, Clustering:Kind, Clustering:Connection, Clustering:ClusterId, Clustering:ProbeTimeout, Clustering:Clock, Silo:Address, Silo:Port, Silo:GatewayPort,
/// Intake:Interval, Intake:RetryDelay, Intake:Queue, Intake:LongestLine, Intake:MessageTakes, Intake:MessageHold, Intake:WebhookKey, Keys:Write, Keys:OpenWrites, Hosts:Allowed, Cors:Origins, Health:Url, Limits:Connections, Limits:Streams, Limits:StreamsPerClient, Limits:HeadersTimeout, Limits:IdleTimeout, Limits:Surveys, Events:Interval, Cache:Bytes, Memory:StackBytes, Memory:ObservationBytes, Memory:MosaicBytes, Memory:TileBytes, Memory:WorkBytes, Memory:LimitPercent, Compute:UploadBytes, Compute:JobBytes, Compute:JobTime, Log:Level. Urls, Surveys, Keys:Write, Hosts:Allowed and Cors:Origins are lists (Surveys:0 ...) or one text, all but Surveys separated by semicolons.
/// </summary>
public static class SettingsReader
{
    public const string Prefix = "TSMAP_";

    /// <param name="commandLine">By key; what is null was not given.</param>
    /// <exception cref="SettingsException">Some value cannot be used; all problems are listed.</exception>
    public static ServerSettings Read(IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        try
        {
            return Read(new ConfigurationBuilder()
                .SetBasePath(Directory.GetCurrentDirectory())
                .AddJsonFile("appsettings.json", optional: true)
                .AddEnvironmentVariables(Prefix)
                .AddInMemoryCollection(commandLine.Where(pair => pair.Value is not null))
                .Build());
        }
        catch (InvalidDataException bad)
        {
            throw new SettingsException([$"appsettings.json: {bad.InnerException?.Message ?? bad.Message}"]);
        }
    }

    /// <inheritdoc cref="Read(IEnumerable{KeyValuePair{string, string?}})"/>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var defaults = new ServerSettings();
        T Parsed<T>(string key, T otherwise, Func<string, (bool Ok, T Value)> parse, string expected)
        {
            if (configuration[key] is not { Length: > 0 } text) return otherwise;
            if (parse(text) is (true, var value)) return value;
            problems.Add(SettingsProblems.Wrong(key, text, expected));
            return otherwise;
        }

        int? Port(string key) => Parsed<int?>(key, null, text => (int.TryParse(text, CultureInfo.InvariantCulture, out var port), port), "a port number");
        TimeSpan Time(string key, TimeSpan otherwise) =>
            Parsed(key, otherwise, text => (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time), time), "a time as 00:00:05");
        long Bytes(string key, long otherwise) => Parsed(key, otherwise, text => (long.TryParse(text, CultureInfo.InvariantCulture, out var bytes), bytes), "a number of bytes");
        int Whole(string key, int otherwise) => Parsed(key, otherwise, text => (int.TryParse(text, CultureInfo.InvariantCulture, out var number), number), "a whole number");
        string Text(string key, string otherwise) => configuration[key] is { Length: > 0 } text ? text : otherwise;

        var settings = new ServerSettings
        {
            Urls = Listed(configuration, "Urls", ';'),
            Store = Text("Store:Url", defaults.Store),
            Surveys = Listed(configuration, "Surveys", Path.PathSeparator),
            MostSurveys = Whole("Limits:Surveys", defaults.MostSurveys),
            Clustering = Text("Clustering:Kind", defaults.Clustering),
            ClusterConnection = configuration["Clustering:Connection"],
            ClusterId = configuration["Clustering:ClusterId"] is { Length: > 0 } cluster ? cluster : null,
            ProbeTimeout = Time("Clustering:ProbeTimeout", defaults.ProbeTimeout),
            ClusterClock = Parsed("Clustering:Clock", defaults.ClusterClock, text => (bool.TryParse(text, out var own), own), "true or false"),
            SiloAddress = configuration["Silo:Address"] is { Length: > 0 } address ? address : null,
            SiloPort = Port("Silo:Port"),
            GatewayPort = Port("Silo:GatewayPort"),
            IntakeInterval = Time("Intake:Interval", defaults.IntakeInterval),
            IntakeRetryDelay = Time("Intake:RetryDelay", defaults.IntakeRetryDelay),
            IntakeQueue = configuration["Intake:Queue"] is { Length: > 0 } queue ? queue : null,
            IntakeLongestLine = Whole("Intake:LongestLine", defaults.IntakeLongestLine),
            IntakeMessageTakes = Whole("Intake:MessageTakes", defaults.IntakeMessageTakes),
            IntakeMessageHold = Time("Intake:MessageHold", defaults.IntakeMessageHold),
            IntakeWebhookKey = configuration["Intake:WebhookKey"] is { Length: > 0 } webhook ? webhook : null,
            WriteKeys = Listed(configuration, "Keys:Write", ';'),
            OpenWrites = Parsed("Keys:OpenWrites", defaults.OpenWrites, text => (bool.TryParse(text, out var open), open), "true or false"),
            AllowedHosts = Listed(configuration, "Hosts:Allowed", ';'),
            CorsOrigins = Listed(configuration, "Cors:Origins", ';'),
            HealthUrl = configuration["Health:Url"] is { Length: > 0 } health ? health : null,
            MostConnections = Whole("Limits:Connections", defaults.MostConnections),
            MostStreams = Whole("Limits:Streams", defaults.MostStreams),
            MostStreamsPerClient = Whole("Limits:StreamsPerClient", defaults.MostStreamsPerClient),
            HeadersTimeout = Time("Limits:HeadersTimeout", defaults.HeadersTimeout),
            IdleTimeout = Time("Limits:IdleTimeout", defaults.IdleTimeout),
            StoreHedgeAfter = Time("Store:HedgeAfter", defaults.StoreHedgeAfter),
            StoreTailLength = Whole("Store:TailLength", defaults.StoreTailLength),
            EventInterval = Time("Events:Interval", defaults.EventInterval),
            CacheBytes = Bytes("Cache:Bytes", defaults.CacheBytes),
            StackBytes = Bytes("Memory:StackBytes", defaults.StackBytes),
            ObservationBytes = Bytes("Memory:ObservationBytes", defaults.ObservationBytes),
            MosaicBytes = Bytes("Memory:MosaicBytes", defaults.MosaicBytes),
            TileBytes = Bytes("Memory:TileBytes", defaults.TileBytes),
            WorkBytes = Bytes("Memory:WorkBytes", defaults.WorkBytes),
            JobBytes = Bytes("Compute:JobBytes", defaults.JobBytes),
            JobTime = Time("Compute:JobTime", defaults.JobTime),
            MemoryLimitPercent = Whole("Memory:LimitPercent", defaults.MemoryLimitPercent),
            UploadBytes = Bytes("Compute:UploadBytes", defaults.UploadBytes),
            LogLevel = Parsed("Log:Level", defaults.LogLevel, text => (Enum.TryParse<LogLevel>(text, true, out var level) && text.All(char.IsAsciiLetter), level), $"one of {string.Join(", ", Enum.GetNames<LogLevel>())}"),
        };
        problems.AddRange(SettingsProblems.Of(settings));
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    private static string[] Listed(IConfiguration configuration, string key, char separator)
    {
        var items = configuration.GetSection(key).GetChildren().Select(child => child.Value ?? "").ToArray();
        return items.Length > 0 ? items : configuration[key]?.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
    }
}
