using TsMapSurvey.Maps;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Settings;

/// <summary>Everything that can be wrong with settings.</summary>
internal static class SettingsProblems
{
    public static IEnumerable<string> Of(ServerSettings settings)
    {
        foreach (var url in settings.Urls)
            if (!IsUrl(url)) yield return Wrong("Urls", url, "http://HOST:PORT");
        if (StoreProblem(settings.Store) is { } store) yield return store;
        foreach (var problem in ClusterProblems.Of(settings).Concat(IntakeProblems.Of(settings)).Concat(AccessProblems.Of(settings)).Concat(LimitProblems.Of(settings))) yield return problem;
        if (settings.StoreHedgeAfter < TimeSpan.Zero || settings.StoreHedgeAfter > TimeSpan.FromMinutes(1)) yield return Wrong("Store:HedgeAfter", $"{settings.StoreHedgeAfter}", "a time up to one minute, or 00:00:00 for never");
        if (settings.StoreTailLength is < 1 or > 1000) yield return Wrong("Store:TailLength", $"{settings.StoreTailLength}", "1 to 1000");
        foreach (var (name, port) in new[] { ("Silo:Port", settings.SiloPort), ("Silo:GatewayPort", settings.GatewayPort) })
            if (port is < 0 or > 65535) yield return Wrong(name, $"{port}", "0 (a free port) to 65535");
        if (settings.SiloPort is > 0 && settings.SiloPort == settings.GatewayPort) yield return Wrong("Silo:GatewayPort", $"{settings.GatewayPort}, the same as Silo:Port", "another port");
        foreach (var (name, interval) in new[] { ("Intake:Interval", settings.IntakeInterval), ("Intake:RetryDelay", settings.IntakeRetryDelay), ("Events:Interval", settings.EventInterval) })
            if (interval < TimeSpan.FromMilliseconds(50) || interval > TimeSpan.FromDays(1)) yield return Wrong(name, $"{interval}", "a time from 00:00:00.05 to one day");
        foreach (var (name, bytes) in new[]
                 {
                     ("Cache:Bytes", settings.CacheBytes), ("Compute:UploadBytes", settings.UploadBytes), ("Memory:StackBytes", settings.StackBytes),
                     ("Memory:ObservationBytes", settings.ObservationBytes), ("Memory:MosaicBytes", settings.MosaicBytes),
                     ("Memory:TileBytes", settings.TileBytes), ("Memory:WorkBytes", settings.WorkBytes), ("Compute:JobBytes", settings.JobBytes),
                 })
            if (bytes < MemoryShares.Least) yield return Wrong(name, $"{bytes}", $"{MemoryShares.Least} or more");
        if (settings.MostSurveys < 1) yield return Wrong("Limits:Surveys", $"{settings.MostSurveys}", "1 or more");
        if (settings.JobTime < TimeSpan.FromSeconds(1) || settings.JobTime > TimeSpan.FromDays(24)) yield return Wrong("Compute:JobTime", $"{settings.JobTime}", "a time from 00:00:01 to 24 days");
        if (settings.MemoryLimitPercent is < 20 or > 100) yield return Wrong("Memory:LimitPercent", $"{settings.MemoryLimitPercent}", "20 to 100");
        foreach (var path in settings.Surveys)
            foreach (var problem in SurveyProblems(path)) yield return problem;
    }

    public static string Wrong(string setting, string found, string expected) => $"{setting}: found '{found}', expected {expected}";

    public static string Taken(string setting, string found) => $"{setting}: {found} is taken by another program; expected a free port, or 0 to have one chosen";

    public static string OtherDefinition(string path, string survey, string store, IReadOnlyList<string> differences) =>
        $"{path}: found another {string.Join(", ", differences)} than the survey '{survey}' has in {store}, "
        + "and but for its slices a definition never changes: expected the same one, or another name";

    public static bool IsUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0;

    public static string? StoreProblem(string store)
    {
        try
        {
            BlobStores.Open(store);
            return null;
        }
        catch (Exception bad) when (bad is StorageException or ArgumentException or NotSupportedException or IOException)
        {
            return $"Store:Url: {bad.Message}";
        }
    }

    private static IReadOnlyList<string> SurveyProblems(string path)
    {
        try
        {
            SurveyDefinition.ReadFile(path);
            return [];
        }
        catch (SurveyException bad)
        {
            return [.. bad.Problems.Select(problem => $"{path}: {problem}")];
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [$"{path}: {FileFaults.What(bad)}"];
        }
    }
}
