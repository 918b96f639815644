using Microsoft.Net.Http.Headers;

namespace TsMapSurvey.Server.Api;

/// <summary>HTTP caching by ETag: live answers are revalidated with every request, and answered with 304 if nothing has changed.</summary>
internal static class EntityTag
{
    public const string Live = "no-cache";

    /// <summary>One year: an answer whose URL has the revision never changes.</summary>
    public const string Forever = "public, max-age=31536000, immutable";

    /// <summary>Sets the headers. Returns true, with status 304, if the client already has this version.</summary>
    public static bool IsKnown(HttpContext context, string tag, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = cacheControl;
        if (context.Request.Headers.IfNoneMatch.Count == 0) return false;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) return false;
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        var own = EntityTagHeaderValue.Parse(tag);
        if (!known.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(own, useStrongComparison: false))) return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
