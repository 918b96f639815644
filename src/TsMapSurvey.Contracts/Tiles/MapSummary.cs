namespace TsMapSurvey.Contracts;

/// <summary>Figures of a tile's newest published map.</summary>
/// <param name="Revision">Revision of the stack that it was computed from.</param>
/// <param name="EmptyReason">Why there is no map of this revision; null if there is one.</param>
/// <param name="Counts">Sum over the tile's own pixels and all energies, inside the mask.</param>
/// <param name="ExposureM2S">Maximum over own pixels and energy bins; a bin's exposure is its mean weighted with the spectrum.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MapSummary")]
public sealed record MapSummary(
    [property: Id(0)] string Map,
    [property: Id(1)] long Revision,
    [property: Id(2)] DateTimeOffset ComputedAt,
    [property: Id(3)] string? EmptyReason,
    [property: Id(4)] double? MaxSqrtTs,
    [property: Id(5)] double Counts,
    [property: Id(6)] double ExposureM2S);
