namespace TsMapSurvey.Contracts;

/// <summary>An observation in a tile's stack.</summary>
/// <param name="Name">Relative to the survey's prefix.</param>
/// <param name="Hash">Content hash, base64; null if unknown.</param>
/// <param name="StartS">Its start, TT seconds since MJD 51544.0 (TT); null if the tile has not noted it or the file states none.</param>
[GenerateSerializer, Immutable, Alias("tsmap.Contribution")]
public sealed record Contribution(
    [property: Id(0)] string Name, [property: Id(1)] string? Hash, [property: Id(2)] double? StartS);
