using Microsoft.AspNetCore.Server.Kestrel.Core;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Limits;

/// <summary>
/// Limits of connections. Kestrel counts connections separately for each address it listens on, and closes one above the limit after
/// accepting it. It aborts a request whose body arrives slower than MinRequestBodyDataRate.
/// </summary>
internal static class ConnectionLimits
{
    public static void Set(KestrelServerOptions kestrel, ServerSettings settings)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = 1 << 20;
        limits.MaxRequestLineSize = 8 << 10;
        limits.MaxConcurrentConnections = settings.MaxConnections;
        limits.RequestHeadersTimeout = settings.HeadersTimeout;
        limits.KeepAliveTimeout = settings.IdleTimeout;
    }
}
