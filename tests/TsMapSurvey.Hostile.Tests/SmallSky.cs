namespace TsMapSurvey.Hostile.Tests;

/// <summary>Two small surveys of one sky and its four simulated observations, as files, made once for all tests of the process.</summary>
internal static class SmallSky
{
    public const string Survey = "small";
    public const string Other = "other";
    public const int TilePixels = 20;

    private static readonly Lazy<string> Made = new(Make);

    /// <summary>Of <see cref="Survey"/>, in six tiles, and <see cref="Other"/>, in one.</summary>
    public static string[] Definitions => [Path.Combine(Made.Value, "small.json"), Path.Combine(Made.Value, "other.json")];

    public static string[] Observations() => [.. Directory.GetFiles(Made.Value, "*.fits.gz").Order(StringComparer.Ordinal)];

    /// <summary>survey.json of this sky.</summary>
    public static string Definition(
        string name, int tilePixels = TilePixels, string bins = "2", string kernelWidthDeg = "0.5", string size = "\"pixelSizeDeg\": 0.1, \"widthDeg\": 6, \"heightDeg\": 4", string more = "") => $$"""
        { "name": "{{name}}",{{more}}
          "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", {{size}}, "centreLonDeg": 340,
              "tilePixels": {{tilePixels}} },
          "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": {{bins}} }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 4 },
          "maps": { "point": { "kernelWidthDeg": {{kernelWidthDeg}}, "selection": ["ul"] } } }
        """;

    private static string Make()
    {
        var folder = WatchedServer.Folder("hostile");
        File.WriteAllText(Path.Combine(folder, "small.json"), Definition(Survey));
        File.WriteAllText(Path.Combine(folder, "other.json"), Definition(Other, 60));
        Tsmap.Do("simulate", "--survey", Path.Combine(folder, "small.json"), "--out", folder, "--observations", "4", "--sources", "3",
            "--seed", "1");
        return folder;
    }
}
