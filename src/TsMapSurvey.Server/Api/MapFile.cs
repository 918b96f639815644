namespace TsMapSurvey.Server.Api;

/// <summary>A file made of one revision: a picture or FITS. Its bytes are made only for a client that does not have them.</summary>
/// <param name="fileName">Offered for saving; null: shown.</param>
/// <param name="isImmutable">Whether the address itself names the revision.</param>
internal sealed class MapFile(
    Standing standing, string contentType, string? fileName, Func<CancellationToken, Task<Stream>> open, bool isImmutable = false) : IResult
{
    public const string Fits = "application/fits";
    public const string Gzip = "application/gzip";
    public const string Png = "image/png";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        standing.WriteTo(response.Headers);
        if (EntityTag.IsKnown(httpContext, standing.ETag, isImmutable ? EntityTag.Forever : EntityTag.Live)) return;
        var stream = await open(httpContext.RequestAborted);
        await using (stream)
        {
            response.ContentType = contentType;
            if (stream.CanSeek) response.ContentLength = stream.Length;
            if (fileName is not null) response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
            if (!HttpMethods.IsHead(httpContext.Request.Method)) await stream.CopyToAsync(response.Body, httpContext.RequestAborted);
        }
    }

    public static MapFile Of(
        Standing standing, string contentType, string? fileName, Func<CancellationToken, Task<byte[]>> make, bool isImmutable = false) =>
        new(standing, contentType, fileName, async token => new MemoryStream(await make(token), writable: false), isImmutable);
}
