using System.Text.Json;

namespace TsMapSurvey.Architecture.Tests;

/// <summary>What the last stage of the Dockerfile says.</summary>
internal static class Image
{
    private static readonly string[] Lines = File.ReadAllText(Repository.Path("Dockerfile")).Replace("\\\n", "", StringComparison.Ordinal)
        .Split('\n');

    /// <summary>The arguments that the image starts with.</summary>
    public static IReadOnlyList<string> Arguments => JsonSerializer.Deserialize<string[]>(Last("CMD"))!;

    /// <summary>HTTP, health, silo, gateway.</summary>
    public static IReadOnlyList<string> Ports => Last("EXPOSE").Split(' ');

    public static string HealthCheck => Last("HEALTHCHECK");

    private static string Last(string instruction) =>
        Lines.Last(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))[(instruction.Length + 1)..];
}
