using System.Net;
using Npgsql;
using StackExchange.Redis;

namespace TsMapSurvey.Server.Settings;

/// <summary>
/// Checks the settings of clustering without connecting. Connection strings contain passwords, so messages never repeat them.
/// </summary>
internal static class ClusterProblems
{
    private const string Connection = "Clustering:Connection";

    public static IEnumerable<string> OfConnection(ServerSettings settings)
    {
        var (kind, connection) = (settings.Clustering, settings.ClusterConnection);
        if (kind is not (ServerSettings.Localhost or ServerSettings.Redis or ServerSettings.Postgres))
            yield return SettingsProblems.Wrong("Clustering:Kind", kind, "'localhost', 'redis' or 'postgres'");
        else if (kind == ServerSettings.Localhost && connection is not null)
            yield return $"{Connection}: found a connection string, expected none for the clustering 'localhost'; is Clustering:Kind "
                + "missing?";
        else if (kind != ServerSettings.Localhost && string.IsNullOrWhiteSpace(connection))
            yield return $"{Connection}: found nothing, expected {Expected(kind)} for the clustering '{kind}'";
        else if (kind != ServerSettings.Localhost && Fault(kind, connection!) is { } fault)
            yield return $"{Connection}: {fault}; expected {Expected(kind)}";
    }

    public static IEnumerable<string> OfGateway(ServerSettings settings)
    {
        if (settings.SiloPort is > 0 && settings.SiloPort == settings.GatewayPort)
            yield return SettingsProblems.Wrong("Silo:GatewayPort", $"{settings.GatewayPort}, the same as Silo:Port", "another port");
    }

    public static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);

    private static string Expected(string kind) =>
        kind == ServerSettings.Redis ? "HOST:PORT[,password=...,ssl=true]" : "Host=...;Database=...;Username=...;Password=...";

    private static string? Fault(string kind, string connection)
    {
        try
        {
            if (kind == ServerSettings.Redis)
                return ConfigurationOptions.Parse(connection).EndPoints.Count == 0 ? "found no server" : null;
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host) ? "found no Host" : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return "found another format";
        }
    }
}
