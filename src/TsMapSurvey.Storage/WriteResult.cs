namespace TsMapSurvey.Storage;

/// <summary>The result of a write. <paramref name="Written"/> is false if the condition did not hold; then nothing was changed.</summary>
/// <param name="ETag">The ETag of the new version; null if nothing was written.</param>
public sealed record WriteResult(bool Written, string? ETag)
{
    internal static WriteResult Refused { get; } = new(false, null);
}
