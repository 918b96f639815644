using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>Names the blob of a mosaic: immutable, one FITS image on the survey's grid, NaN where no tile has data.</summary>
/// <param name="Revision">Sum of the revisions of the tile maps in it; different mosaics have different revisions.</param>
/// <param name="NewestRevision">Sum of the current revisions of the tiles' stacks.</param>
/// <param name="TilesPending">Number of tiles whose map is older than their stack.</param>
/// <param name="ComputedAt">When the newest tile map in it was computed; for stack quantities, when the newest stack was committed.</param>
/// <param name="Window">The nights whose observations are in it, the same on every tile; null: all observations.</param>
/// <param name="Missing">Tiles that have data but whose pixels are not in it.</param>
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
