namespace TsMapSurvey.Contracts;

/// <summary>Names the blob of a tile's stack: immutable, MapDataset FITS, gzip, on the tile's own pixels and its halo.</summary>
/// <param name="Revision">Revision of the stack in the blob: the newest at the time of the request.</param>
/// <param name="Window">The nights whose observations are in it; null: all observations.</param>
/// <param name="Blob">Full name in the store; null if the tile is empty.</param>
[GenerateSerializer, Immutable, Alias("tsmap.StackTicket")]
public sealed record StackTicket(
    [property: Id(0)] string Tile,
    [property: Id(1)] TicketState State,
    [property: Id(2)] long Revision,
    [property: Id(3)] DateTimeOffset? CommittedAt,
    [property: Id(4)] string? Blob,
    [property: Id(7)] string? Reason,
    [property: Id(8)] SliceWindow? Window = null);
