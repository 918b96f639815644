using TsMapSurvey.Maps;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Settings;

internal static class SettingsProblems
{
    /// <summary>Validates a single value, by property.</summary>
    private static readonly Dictionary<string, Func<string, bool>> ValueChecks = new()
    {
        [nameof(ServerSettings.Urls)] = IsUrl,
        [nameof(ServerSettings.ClusterId)] = id => id.Length is > 0 and <= 100 && !id.Any(char.IsControl),
        [nameof(ServerSettings.SiloAddress)] = ClusterProblems.IsAddress,
        [nameof(ServerSettings.AllowedHosts)] = AccessProblems.IsHost,
        [nameof(ServerSettings.CorsOrigins)] = AccessProblems.IsOrigin,
        [nameof(ServerSettings.HealthUrl)] = AccessProblems.HasPort,
        [nameof(ServerSettings.TokenAuthority)] = AccessProblems.IsAuthority,
        [nameof(ServerSettings.TokenAudiences)] = AccessProblems.IsAudience,
        [nameof(ServerSettings.TokenReadRole)] = AccessProblems.IsRole,
        [nameof(ServerSettings.TokenWriteRole)] = AccessProblems.IsRole,
        [nameof(ServerSettings.TokenOperateRole)] = AccessProblems.IsRole,
        [nameof(ServerSettings.KnownProxies)] = AccessProblems.IsProxy,
    };

    /// <summary>Other checks, also of several settings together, by property.</summary>
    private static readonly Dictionary<string, Func<ServerSettings, IEnumerable<string>>> Checks = new()
    {
        [nameof(ServerSettings.Store)] = settings => StoreProblem(settings.Store) is { } problem ? [problem] : [],
        [nameof(ServerSettings.ClusterConnection)] = ClusterProblems.OfConnection,
        [nameof(ServerSettings.GatewayPort)] = ClusterProblems.OfGateway,
        [nameof(ServerSettings.IntakeQueue)] = IntakeProblems.OfQueue,
        [nameof(ServerSettings.IntakeWebhookKey)] = IntakeProblems.OfWebhook,
        [nameof(ServerSettings.WriteKeys)] = AccessProblems.OfKeys,
        [nameof(ServerSettings.ReadKeys)] = AccessProblems.OfReadKeys,
        [nameof(ServerSettings.OperateKeys)] = AccessProblems.OfOperateKeys,
        [nameof(ServerSettings.TokenAudiences)] = AccessProblems.OfTokens,
        [nameof(ServerSettings.HealthUrl)] = AccessProblems.OfHealth,
        [nameof(ServerSettings.Surveys)] = settings => settings.Surveys.SelectMany(OfSurvey),
    };

    public static IEnumerable<string> Of(ServerSettings settings)
    {
        foreach (var setting in Setting.All)
        {
            var invalid = ValueChecks.TryGetValue(setting.Name, out var isValid)
                ? setting.TextsOf(settings).Where(text => !isValid(text))
                : setting.IsWithinBounds(settings) ? [] : setting.TextsOf(settings);
            foreach (var text in invalid) yield return Wrong(setting.Key, text, setting.Takes);
            foreach (var problem in Checks.GetValueOrDefault(setting.Name)?.Invoke(settings) ?? []) yield return problem;
        }
    }

    /// <exception cref="SettingsException">Lists all problems.</exception>
    public static void Throw(ServerSettings settings)
    {
        var problems = Of(settings).ToArray();
        if (problems.Length > 0) throw new SettingsException(problems);
    }

    public static string Wrong(string setting, string found, string expected) => $"{setting}: found '{found}', expected {expected}";

    public static string Taken(string setting, string found) =>
        $"{setting}: {found} is in use by another program; expected a free port, or 0 to choose one automatically";

    public static string OtherDefinition(string path, string survey, string store, IReadOnlyList<string> differences) =>
        $"{path}: differs in {string.Join(", ", differences)} from the survey '{survey}' in {store}; "
        + "expected the same definition or another name, since only the slices of a survey can be changed";

    public static bool IsUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/"
            && uri.UserInfo.Length == 0;

    public static string? StoreProblem(string store)
    {
        try
        {
            BlobStores.Open(store);
            return null;
        }
        catch (Exception exception) when (exception is StorageException or ArgumentException or NotSupportedException or IOException)
        {
            return $"Store:Url: {exception.Message}";
        }
    }

    private static IReadOnlyList<string> OfSurvey(string path)
    {
        try
        {
            SurveyDefinition.ReadFile(path);
            return [];
        }
        catch (SurveyException exception)
        {
            return [.. exception.Problems.Select(problem => $"{path}: {problem}")];
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [$"{path}: {FileFaults.What(exception)}"];
        }
    }
}
