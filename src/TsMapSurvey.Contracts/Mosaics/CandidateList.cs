using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <param name="Items">At most 500, the most significant first.</param>
/// <param name="Revision">The sum of the revisions of the tile maps that they are found in, as of a mosaic of these maps.</param>
/// <param name="ComputedAt">When the newest of these maps was computed.</param>
/// <param name="TilesPending">Tiles whose map is not of their newest stack.</param>
/// <param name="Window">Whose observations the maps are made of; null: all.</param>
/// <param name="Missing">Tiles whose peaks are not in it though they have data.</param>
[GenerateSerializer, Immutable, Alias("tsmap.CandidateList")]
public sealed record CandidateList(
    [property: Id(0)] string Map,
    [property: Id(1)] long Revision,
    [property: Id(2)] long NewestRevision,
    [property: Id(3)] int TilesPending,
    [property: Id(4)] DateTimeOffset? ComputedAt,
    [property: Id(5)] ImmutableArray<Candidate> Items,
    [property: Id(6)] SliceWindow? Window = null,
    [property: Id(7)] ImmutableArray<MissingTile> Missing = default);
