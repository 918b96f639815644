using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.MembershipService;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Hosting;

/// <summary>Explains a failed start by the settings that caused it.</summary>
internal static class StartErrors
{
    /// <summary>Null if no setting explains the failure.</summary>
    public static SettingsException? Of(Exception exception, ServerSettings settings)
    {
        if (InUse(exception) is { } place) return new SettingsException([Taken(place, settings)]);
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (Problems(inner, settings) is { } problems) return new SettingsException(problems);
        return null;
    }

    /// <summary>
    /// Whether another program took an automatically chosen port before the server could use it; a start with another port may succeed.
    /// </summary>
    public static bool IsChosenPortTaken(Exception exception, ServerSettings settings) =>
        InUse(exception) is { } place
            && (place == Place.Web ? settings.Urls.Count == 0 : !IsGiven(settings.SiloPort) || !IsGiven(settings.GatewayPort));

    private static bool IsGiven(int? port) => port is > 0;

    /// <summary>Kestrel wraps "address in use" into an IOException; the silo does not.</summary>
    private static Place? InUse(Exception exception)
    {
        var place = Place.Silo;
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is IOException) place = Place.Web;
            if (inner is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }) return place;
        }

        return null;
    }

    private static IReadOnlyList<string>? Problems(Exception exception, ServerSettings settings) => exception switch
    {
        SettingsException known => known.Problems,
        SocketException socket => [$"Urls: {string.Join(";", settings.Urls)}: {socket.Message}"],
        StorageException store => [$"Store:Url: {store.Message}"],
        OrleansClusterConnectivityCheckFailedException => [NotResponding(settings)],
        SurveyServiceException { Error: ServiceError.StoreUnavailable or ServiceError.StoreRefused or ServiceError.StoreFull } store =>
            [$"Store:Url: {store.Message}"],
        _ => null,
    };

    private static string NotResponding(ServerSettings settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"Clustering: servers of the cluster {ClusterName.Of(settings)} are registered as alive in {settings.Clustering} but do not "
            + $"answer. A killed server counts as dead {SiloIdentity.MaxSilence(settings).TotalSeconds:0} s after its last sign of life; "
            + $"start again after that. A running server must be reachable from {settings.SiloAddress ?? "this machine"}");

    private static string Taken(Place place, ServerSettings settings) => place == Place.Web
        ? SettingsProblems.Taken("Urls", string.Join(";", settings.Urls))
        : SettingsProblems.Taken("Silo:Port, Silo:GatewayPort", $"{settings.SiloPort} or {settings.GatewayPort}");

    private enum Place
    {
        Web,
        Silo,
    }
}
