using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.MembershipService;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Hosting;

/// <summary>Why a start failed, in the words of the settings that it comes from.</summary>
internal static class StartErrors
{
    /// <summary>Null for what no setting explains.</summary>
    public static SettingsException? Of(Exception exception, ServerSettings settings)
    {
        if (InUse(exception) is { } place) return new SettingsException([Taken(place, settings)]);
        for (var bad = exception; bad is not null; bad = bad.InnerException)
            if (Problems(bad, settings) is { } problems) return new SettingsException(problems);
        return null;
    }

    /// <summary>
    /// Another program took a port between the look that found it free and the start; a port that nobody had given, so that another one
    /// does as well.
    /// </summary>
    public static bool IsChosenPortTaken(Exception exception, ServerSettings settings) =>
        InUse(exception) is { } place
            && (place == Place.Web ? settings.Urls.Count == 0 : !IsGiven(settings.SiloPort) || !IsGiven(settings.GatewayPort));

    private static bool IsGiven(int? port) => port is > 0;

    /// <summary>The web server wraps an address in use into an exception of its own; the silo does not.</summary>
    private static Place? InUse(Exception exception)
    {
        var place = Place.Silo;
        for (var bad = exception; bad is not null; bad = bad.InnerException)
        {
            if (bad is IOException) place = Place.Web;
            if (bad is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }) return place;
        }

        return null;
    }

    private static IReadOnlyList<string>? Problems(Exception bad, ServerSettings settings) => bad switch
    {
        SettingsException known => known.Problems,
        SocketException socket => [$"Urls: {string.Join(";", settings.Urls)}: {socket.Message}"],
        StorageException store => [$"Store:Url: {store.Message}"],
        OrleansClusterConnectivityCheckFailedException => [Silent(settings)],
        SurveyServiceException { Error: ServiceError.StoreUnavailable or ServiceError.StoreRefused or ServiceError.StoreFull } store =>
            [$"Store:Url: {store.Message}"],
        _ => null,
    };

    private static string Silent(ServerSettings settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"Clustering: servers of the cluster {ClusterName.Of(settings)} count as alive at {settings.Clustering} and do not answer. A "
            + $"killed one counts as dead {SiloIdentity.LongestSilence(settings).TotalSeconds:0} s after its last sign of life: start "
            + $"again then; one that is alive has to be reachable from {settings.SiloAddress ?? "here"}");

    private static string Taken(Place place, ServerSettings settings) => place == Place.Web
        ? SettingsProblems.Taken("Urls", string.Join(";", settings.Urls))
        : SettingsProblems.Taken("Silo:Port, Silo:GatewayPort", $"{settings.SiloPort} or {settings.GatewayPort}");

    private enum Place
    {
        Web,
        Silo,
    }
}
