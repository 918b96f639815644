using System.Text.Json;

namespace TsMapSurvey.Cli.Tests;

/// <summary>What a folder says of its tiles, whoever works on it.</summary>
internal static class StoredCommits
{
    /// <summary>Of all tiles together.</summary>
    public static long Count(string store) => Directory.EnumerateFiles(store, "manifest.json", SearchOption.AllDirectories).Sum(file =>
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(file));
        return manifest.RootElement.GetProperty("revision").GetInt64();
    });

    /// <summary>Observations whose record says that they are in this state.</summary>
    public static int InState(string store, string state) =>
        Directory.EnumerateFiles(store, "*.fits.gz.json", SearchOption.AllDirectories).Count(file =>
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(file));
        return record.RootElement.GetProperty("state").GetString() == state;
    });
}
