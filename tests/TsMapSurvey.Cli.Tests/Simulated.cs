namespace TsMapSurvey.Cli.Tests;

/// <summary>A few simulated observations, made once for all tests of the process.</summary>
internal static class Simulated
{
    private static readonly Lazy<string> Made = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("tsmap-simulated-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Tsmap.Do("simulate", "--out", folder, "--observations", "4", "--sources", "5", "--seed", "3");
        return folder;
    });

    public static string Folder => Made.Value;

    public static string[] Observations() => [.. Directory.GetFiles(Folder, "*.fits.gz").Order(StringComparer.Ordinal)];

    public static string Observation() => Observations()[0];
}
