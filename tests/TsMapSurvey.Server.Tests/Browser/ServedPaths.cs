using System.Text.Json;

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>The paths of the API's description.</summary>
internal static class ServedPaths
{
    private static readonly Lazy<string[]> All = new(() =>
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "tests/TsMapSurvey.Server.Tests/openapi.json")));
        return [.. document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name)];
    });

    public static bool Has(string ending) => All.Value.Any(path => path.EndsWith(ending, StringComparison.Ordinal));
}
