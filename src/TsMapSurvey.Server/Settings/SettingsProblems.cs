using TsMapSurvey.Maps;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Settings;

/// <summary>Everything that can be wrong with settings.</summary>
internal static class SettingsProblems
{
    /// <summary>Whether a text is as the setting takes it, by the property.</summary>
    private static readonly Dictionary<string, Func<string, bool>> Forms = new()
    {
        [nameof(ServerSettings.Urls)] = IsUrl,
        [nameof(ServerSettings.ClusterId)] = id => id.Length is > 0 and <= 100 && !id.Any(char.IsControl),
        [nameof(ServerSettings.SiloAddress)] = ClusterProblems.IsAddress,
        [nameof(ServerSettings.AllowedHosts)] = AccessProblems.IsHost,
        [nameof(ServerSettings.CorsOrigins)] = AccessProblems.IsOrigin,
        [nameof(ServerSettings.HealthUrl)] = AccessProblems.HasPort,
    };

    /// <summary>What else can be wrong, alone or beside other settings, by the property.</summary>
    private static readonly Dictionary<string, Func<ServerSettings, IEnumerable<string>>> Checks = new()
    {
        [nameof(ServerSettings.Store)] = settings => StoreProblem(settings.Store) is { } problem ? [problem] : [],
        [nameof(ServerSettings.ClusterConnection)] = ClusterProblems.OfConnection,
        [nameof(ServerSettings.GatewayPort)] = ClusterProblems.OfGateway,
        [nameof(ServerSettings.IntakeQueue)] = IntakeProblems.OfQueue,
        [nameof(ServerSettings.IntakeWebhookKey)] = IntakeProblems.OfWebhook,
        [nameof(ServerSettings.WriteKeys)] = AccessProblems.OfKeys,
        [nameof(ServerSettings.HealthUrl)] = AccessProblems.OfHealth,
        [nameof(ServerSettings.Surveys)] = settings => settings.Surveys.SelectMany(OfSurvey),
    };

    public static IEnumerable<string> Of(ServerSettings settings)
    {
        foreach (var setting in Setting.All)
        {
            var wrong = Forms.TryGetValue(setting.Name, out var isRight)
                ? setting.TextsOf(settings).Where(text => !isRight(text))
                : setting.IsWithinBounds(settings) ? [] : setting.TextsOf(settings);
            foreach (var text in wrong) yield return Wrong(setting.Key, text, setting.Takes);
            foreach (var problem in Checks.GetValueOrDefault(setting.Name)?.Invoke(settings) ?? []) yield return problem;
        }
    }

    /// <exception cref="SettingsException">Every problem.</exception>
    public static void Throw(ServerSettings settings)
    {
        var problems = Of(settings).ToArray();
        if (problems.Length > 0) throw new SettingsException(problems);
    }

    public static string Wrong(string setting, string found, string expected) => $"{setting}: found '{found}', expected {expected}";

    public static string Taken(string setting, string found) =>
        $"{setting}: {found} is taken by another program; expected a free port, or 0 to have one chosen";

    public static string OtherDefinition(string path, string survey, string store, IReadOnlyList<string> differences) =>
        $"{path}: found another {string.Join(", ", differences)} than the survey '{survey}' has in {store}, "
        + "and but for its slices a definition never changes: expected the same one, or another name";

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
        catch (Exception bad) when (bad is StorageException or ArgumentException or NotSupportedException or IOException)
        {
            return $"Store:Url: {bad.Message}";
        }
    }

    private static IReadOnlyList<string> OfSurvey(string path)
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
