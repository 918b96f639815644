namespace TsMapSurvey.Contracts;

/// <summary>
/// Names the blob of a tile's map: immutable, FluxMaps FITS on the box around the tile's own pixels, NaN in pixels it does not own.
/// </summary>
/// <param name="Revision">Revision of the stack that the blob was computed from; 0 without a blob.</param>
/// <param name="NewestRevision">Current revision of the stack.</param>
/// <param name="Blob">Full name in the store; null if there is none.</param>
/// <param name="Window">The nights whose observations the blob uses; null: all observations.</param>
/// <param name="IsEarlierWindow">Whether the blob is of an earlier window than the requested one, whose map is not computed yet.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MapTicket")]
public sealed record MapTicket(
    [property: Id(0)] string Tile,
    [property: Id(1)] string Map,
    [property: Id(2)] TicketState State,
    [property: Id(3)] long Revision,
    [property: Id(4)] long NewestRevision,
    [property: Id(5)] DateTimeOffset? ComputedAt,
    [property: Id(6)] string? Blob,
    [property: Id(8)] string? Reason,
    [property: Id(9)] SliceWindow? Window = null,
    [property: Id(10)] bool IsEarlierWindow = false)
{
    /// <summary>Whether the stack or the slice's window is newer than the map.</summary>
    public bool Stale => Revision < NewestRevision || IsEarlierWindow;
}
