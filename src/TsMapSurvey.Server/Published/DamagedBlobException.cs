namespace TsMapSurvey.Server.Published;

/// <summary>A published blob is missing, or not as it was written: whose it is, can make it again.</summary>
internal sealed class DamagedBlobException(string blob, string found, Exception? inner = null) : Exception($"{blob}: {found}", inner)
{
    public string Blob { get; } = blob;

    public static DamagedBlobException Missing(string blob) => new(blob, "found nothing, expected what was published");
}
