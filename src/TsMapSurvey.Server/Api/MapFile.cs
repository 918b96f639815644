namespace TsMapSurvey.Server.Api;

/// <summary>A picture or FITS file of one revision. Its bytes are only produced for clients that do not have them yet.</summary>
/// <param name="fileName">The name for saving; null: shown in the browser.</param>
/// <param name="isImmutable">Whether the URL contains the revision.</param>
/// <param name="tag">The ETag; null: the version's.</param>
internal sealed class MapFile(
    DataVersion version, string contentType, string? fileName, Func<CancellationToken, Task<Stream>> open, bool isImmutable = false,
    string? tag = null)
    : IResult
{
    public const string Fits = "application/fits";
    public const string Gzip = "application/gzip";
    public const string Png = "image/png";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        version.WriteTo(response.Headers);
        if (EntityTag.IsKnown(httpContext, tag ?? version.ETag, isImmutable ? EntityTag.Forever : EntityTag.Live)) return;
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
        DataVersion version, string contentType, string? fileName, Func<CancellationToken, Task<byte[]>> make, bool isImmutable = false,
        string? tag = null) =>
        new(version, contentType, fileName, async token => new MemoryStream(await make(token), writable: false), isImmutable, tag);
}
