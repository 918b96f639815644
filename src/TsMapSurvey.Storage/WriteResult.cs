namespace TsMapSurvey.Storage;

/// <summary>How a write ended. <paramref name="Written"/> false means that the condition did not hold: nothing was changed.</summary>
/// <param name="ETag">That of the version written; null when nothing was.</param>
public sealed record WriteResult(bool Written, string? ETag)
{
    internal static WriteResult Refused { get; } = new(false, null);
}
