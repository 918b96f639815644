namespace TsMapSurvey.Contracts;

/// <summary>Where a tile's stack is: an immutable blob, MapDataset FITS, gzip, on the tile's own pixels and its halo.</summary>
/// <param name="Revision">Of the stack in the blob, the newest when it was asked for.</param>
/// <param name="Window">Whose observations are in it; null: all.</param>
/// <param name="Blob">Full name in the store; null when the tile is empty.</param>
[GenerateSerializer, Immutable, Alias("tsmap.StackTicket")]
public sealed record StackTicket(
    [property: Id(0)] string Tile,
    [property: Id(1)] TicketState State,
    [property: Id(2)] long Revision,
    [property: Id(3)] DateTimeOffset? CommittedAt,
    [property: Id(4)] string? Blob,
    [property: Id(7)] string? Reason,
    [property: Id(8)] SliceWindow? Window = null);
