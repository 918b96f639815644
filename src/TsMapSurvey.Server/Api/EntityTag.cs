using Microsoft.Net.Http.Headers;

namespace TsMapSurvey.Server.Api;

/// <summary>Caching by tags: live answers are asked about every time, and cost nothing when nothing has changed.</summary>
internal static class EntityTag
{
    public const string Live = "no-cache";

    /// <summary>A year: what is under a revision never changes.</summary>
    public const string Forever = "public, max-age=31536000, immutable";

    /// <summary>Sets the headers; true when the client has this version already, and the answer is 304.</summary>
    public static bool IsKnown(HttpContext context, string tag, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = cacheControl;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) return false;
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        var own = EntityTagHeaderValue.Parse(tag);
        if (!known.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(own, useStrongComparison: false))) return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
