namespace TsMapSurvey.Contracts;

/// <summary>
/// Where a tile's map is: an immutable blob, FluxMaps FITS on the image around the tile's own pixels; NaN in pixels that it does not own.
/// </summary>
/// <param name="Revision">Of the stack that the blob was computed from; 0 without one.</param>
/// <param name="NewestRevision">Of the stack now.</param>
/// <param name="Blob">Full name in the store; null without one.</param>
/// <param name="Window">Whose observations the blob is made of; null: all.</param>
/// <param name="IsEarlierWindow">Whether another window was asked for, whose map is not there yet.</param>
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
    /// <summary>Whether the stack, or the survey's newest night, has gone on since.</summary>
    public bool Stale => Revision < NewestRevision || IsEarlierWindow;
}
