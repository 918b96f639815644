using TsMapSurvey.Server.Api;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>A file of a HiPS. It is only made for clients that do not have its content yet.</summary>
/// <param name="tag">Names the content; becomes the ETag.</param>
/// <param name="isImmutable">Whether the URL contains the version.</param>
internal sealed class HipsFile(
    DataVersion version, string contentType, string tag, bool isImmutable, Func<CancellationToken, Task<byte[]>> make) : IResult
{
    public const string Text = "text/plain; charset=utf-8";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        version.WriteTo(response.Headers);
        if (EntityTag.IsKnown(httpContext, $"\"{tag}\"", isImmutable ? EntityTag.Forever : EntityTag.Live)) return;
        var bytes = await make(httpContext.RequestAborted);
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
