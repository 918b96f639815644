namespace TsMapSurvey.Cli.Tests;

/// <summary>A few simulated observations, made once for all tests of the process.</summary>
internal static class Simulated
{
    private static readonly Lazy<string> Made = new(() => Make("4", "3"));
    private static readonly Lazy<string> MadeDozen = new(() => Make("12", "3"));
    private static readonly Lazy<string> MadeOther = new(() => Make("12", "8"));

    public static string Folder => Made.Value;

    /// <summary>Of twelve observations.</summary>
    public static string DozenFolder => MadeDozen.Value;

    public static string[] Observations() => In(Folder);

    public static string[] Dozen() => In(DozenFolder);

    /// <summary>Twelve of the same names, of another sky.</summary>
    public static string[] OtherDozen() => In(MadeOther.Value);

    public static string Observation() => Observations()[0];

    private static string[] In(string folder) => [.. Directory.GetFiles(folder, "*.fits.gz").Order(StringComparer.Ordinal)];

    private static string Make(string observations, string seed)
    {
        var folder = Directory.CreateTempSubdirectory("tsmap-simulated-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Tsmap.Do("simulate", "--out", folder, "--observations", observations, "--sources", "5", "--seed", seed);
        return folder;
    }
}
