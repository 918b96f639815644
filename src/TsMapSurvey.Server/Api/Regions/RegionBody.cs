using System.Text;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Regions;

/// <summary>Reads the MOC in a request's body: FITS, JSON or ASCII by its content type. Overlapping cells count once.</summary>
internal static class RegionBody
{
    /// <summary>Room for <see cref="Moc.MaxCells"/> cells in FITS.</summary>
    public const int MaxBytes = 17 << 20;

    public const string Ascii = "text/plain";
    public const string Json = "application/json";

    private static readonly FitsLimits Limits = new()
    {
        MaxDecompressedBytes = 2 * MaxBytes,
        MaxHduBytes = 2 * MaxBytes,
        MaxArrayBytes = 2 * MaxBytes,
        MaxHdus = 16,
    };

    /// <exception cref="RequestException">415: another content type. 400: it is not a MOC, or is empty.</exception>
    public static async Task<Moc> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parse = Parser(request.ContentType);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return await Task.Run(() => Checked(() => parse(body.GetBuffer().AsMemory(0, (int)body.Length))), cancellationToken);
    }

    private static Func<ReadOnlyMemory<byte>, Moc> Parser(string? contentType) =>
        contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            MapFile.Fits or "image/fits" => bytes => Fits(bytes.ToArray()),
            Json => bytes => MocJson.Parse(bytes.Span),
            Ascii => bytes => MocAscii.Parse(Encoding.Latin1.GetString(bytes.Span)),
            _ => throw RequestErrors.NoRegionType(contentType),
        };

    private static Moc Fits(byte[] bytes)
    {
        using var file = FitsFile.Open(new MemoryStream(bytes, writable: false), "the body", Limits);
        return MocFile.Read(file);
    }

    private static Moc Checked(Func<Moc> read)
    {
        try
        {
            return read() is { IsEmpty: false } region ? region : throw RequestErrors.BadRegion("found no cell, expected at least one");
        }
        catch (Exception exception) when (exception is FitsException or MapException or SkyException)
        {
            throw RequestErrors.BadRegion(exception.Message);
        }
    }
}
