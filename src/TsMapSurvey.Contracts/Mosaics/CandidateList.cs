using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <param name="Items">One page, in order of decreasing significance.</param>
/// <param name="Revision">Sum of the revisions of the searched tile maps; equals the revision of a mosaic of these maps.</param>
/// <param name="ComputedAt">When the newest of these maps was computed.</param>
/// <param name="TilesPending">Number of tiles whose map is older than their stack.</param>
/// <param name="Window">The nights whose observations are in the maps; null: all observations.</param>
/// <param name="Missing">Tiles that have data but whose peaks are not in the list.</param>
/// <param name="Next">Position after the last item, for the next page; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("tsmap.CandidateList")]
public sealed record CandidateList(
    [property: Id(0)] string Map,
    [property: Id(1)] long Revision,
    [property: Id(2)] long NewestRevision,
    [property: Id(3)] int TilesPending,
    [property: Id(4)] DateTimeOffset? ComputedAt,
    [property: Id(5)] ImmutableArray<Candidate> Items,
    [property: Id(6)] SliceWindow? Window = null,
    [property: Id(7)] ImmutableArray<MissingTile> Missing = default,
    [property: Id(8)] CandidatePlace? Next = null);
