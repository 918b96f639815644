using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server;

/// <summary>Why a start failed, in the words of the settings that it comes from.</summary>
internal static class StartFaults
{
    /// <summary>Null for what no setting explains.</summary>
    public static SettingsException? Of(Exception exception, ServerSettings settings)
    {
        for (var bad = exception; bad is not null; bad = bad.InnerException)
            if (Problems(bad, settings) is { } problems) return new SettingsException(problems);
        return null;
    }

    private static IReadOnlyList<string>? Problems(Exception bad, ServerSettings settings) => bad switch
    {
        SettingsException known => known.Problems,
        AddressInUseException => [SettingsProblems.Taken("Urls", string.Join(";", settings.Urls))],
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => [SettingsProblems.Taken("Silo:Port, Silo:GatewayPort", $"{settings.SiloPort} or {settings.GatewayPort}")],
        SocketException socket => [$"Urls: {string.Join(";", settings.Urls)}: {socket.Message}"],
        StorageException store => [$"Store:Url: {store.Message}"],
        SurveyServiceException { Error: ServiceError.StoreUnavailable or ServiceError.StoreRefused } store => [$"Store:Url: {store.Message}"],
        _ => null,
    };
}
