namespace TsMapSurvey.Contracts;

/// <summary>The newest published map of a name.</summary>
/// <param name="Revision">Of the stack that it was computed from.</param>
/// <param name="EmptyReason">Why there is nothing to see; null for a map.</param>
/// <param name="Counts">Sum over the tile's own pixels and all energies, inside the mask.</param>
/// <param name="ExposureM2S">The largest of the tile's own pixels and the map's energy bins; of a bin it is the mean weighted with the
/// map's spectrum.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MapSummary")]
public sealed record MapSummary(
    [property: Id(0)] string Map,
    [property: Id(1)] long Revision,
    [property: Id(2)] DateTimeOffset ComputedAt,
    [property: Id(3)] string? EmptyReason,
    [property: Id(4)] double? MaxSqrtTs,
    [property: Id(5)] double Counts,
    [property: Id(6)] double ExposureM2S);
