using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>Names the blob of a survey's coverage: immutable, a MOC in FITS.</summary>
/// <param name="Revision">Sum of the revisions of the tiles' stacks in it.</param>
/// <param name="CommittedAt">When the newest of these stacks was committed.</param>
/// <param name="Blob">Full name in the store; null if no tile has data.</param>
/// <param name="Window">The nights whose observations count; null: all observations.</param>
/// <param name="Missing">Tiles that have data but are not in it.</param>
/// <param name="WithoutTime">Number of the survey's observations whose times are unknown, so that no space-time coverage has them.</param>
[GenerateSerializer, Immutable, Alias("tsmap.CoverageTicket")]
public sealed record CoverageTicket(
    [property: Id(0)] long Revision,
    [property: Id(1)] DateTimeOffset? CommittedAt,
    [property: Id(2)] string? Blob,
    [property: Id(3)] SliceWindow? Window = null,
    [property: Id(4)] ImmutableArray<MissingTile> Missing = default,
    [property: Id(5)] int WithoutTime = 0);
