using Microsoft.AspNetCore.Server.Kestrel.Core;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// What a connection may take. Kestrel counts connections for each address by itself, and closes one too many as soon as it is accepted; a
/// body that comes slower than its MinRequestBodyDataRate is broken off.
/// </summary>
internal static class ConnectionLimits
{
    public static void Set(KestrelServerOptions kestrel, ServerSettings settings)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = 1 << 20;
        limits.MaxRequestLineSize = 8 << 10;
        limits.MaxConcurrentConnections = settings.MostConnections;
        limits.RequestHeadersTimeout = settings.HeadersTimeout;
        limits.KeepAliveTimeout = settings.IdleTimeout;
    }
}
