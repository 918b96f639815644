namespace TsMapSurvey.Server.Published;

/// <summary>A published blob is missing or damaged. The grain that published it can compute it again.</summary>
internal sealed class DamagedBlobException(string blob, string found, Exception? inner = null) : Exception($"{blob}: {found}", inner)
{
    public string Blob { get; } = blob;

    public static DamagedBlobException Missing(string blob) => new(blob, "found nothing, expected a published blob");
}
