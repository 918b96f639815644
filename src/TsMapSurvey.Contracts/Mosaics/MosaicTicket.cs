using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>Where a mosaic is: an immutable blob, one FITS image on the survey's grid, NaN where no tile has anything.</summary>
/// <param name="Revision">The sum of the revisions of the tile maps in it: no two different mosaics share one.</param>
/// <param name="NewestRevision">The sum of the revisions of the tiles' stacks now.</param>
/// <param name="TilesPending">Tiles whose map is not of their newest stack.</param>
/// <param name="ComputedAt">When the newest of the tile maps in it was computed; of what stacks sum up, when the newest stack was
/// committed.</param>
/// <param name="Window">Whose observations are in it: the same on every tile; null: all.</param>
/// <param name="Missing">Tiles whose pixels are not in it though they have data.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MosaicTicket")]
public sealed record MosaicTicket(
    [property: Id(0)] string Map,
    [property: Id(1)] string Quantity,
    [property: Id(2)] TicketState State,
    [property: Id(3)] long Revision,
    [property: Id(4)] long NewestRevision,
    [property: Id(5)] int TilesPending,
    [property: Id(6)] DateTimeOffset? ComputedAt,
    [property: Id(7)] string? Blob,
    [property: Id(8)] string? Reason,
    [property: Id(9)] SliceWindow? Window = null,
    [property: Id(10)] ImmutableArray<MissingTile> Missing = default)
{
    public bool Stale => Revision < NewestRevision;
}
