using System.Globalization;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Hosting;

namespace TsMapSurvey.Server.Limits;

/// <summary>Marks an endpoint whose answers cost more than reading published data, or that reads large ones.</summary>
internal sealed record CostlyCall;

/// <summary>Marks an endpoint whose answers do not end, and which limits them itself.</summary>
internal sealed record StreamCall;

/// <summary>Applies <see cref="ClientLimits"/> to all requests but those for /health.</summary>
internal static class RequestLimits
{
    public const string Header = "RateLimit";

    public static void UseRequestLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<ClientLimits>();
        app.Use(async (context, next) =>
        {
            if (HealthListener.IsHealth(context.Request.Path))
            {
                await next(context);
                return;
            }

            var (caller, isStream) = (Caller.Of(context), context.GetEndpoint()?.Metadata.GetMetadata<StreamCall>() is not null);
            var isLimited = limits.Burst > 0 && limits.Concern(caller);
            if (isLimited) caller.Standing = Standing(limits.Burst, 0);
            var place = limits.Enter(caller, IsCostly(context), isStream);
            try
            {
                if (isLimited) caller.Standing = Standing(limits.Burst, place.Left);
                await next(context);
            }
            finally
            {
                limits.Leave(place);
            }
        });
    }

    /// <summary>For endpoints that read large data or compute.</summary>
    public static TBuilder IsCostly<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new CostlyCall());

    /// <summary>Marked endpoints; whatever waits for a new map; and every body, except events of new blobs.</summary>
    internal static bool IsCostly(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<CostlyCall>() is not null) return true;
        if (!AccessCheck.IsReading(context.Request.Method)) return metadata?.GetMetadata<OwnKeyCheck>() is null;
        return context.Request.QueryString.HasValue && context.Request.Query["fresh"] is [{ Length: > 0 } fresh]
            && !fresh.Equals("false", StringComparison.OrdinalIgnoreCase) && fresh != "0";
    }

    /// <summary>draft-ietf-httpapi-ratelimit-headers: how many requests may come now, and how many at once after a pause.</summary>
    private static string Standing(long burst, long left) =>
        string.Create(CultureInfo.InvariantCulture, $"\"requests\";r={left};q={burst}");
}
