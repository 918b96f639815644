using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Published;

/// <summary>The answer 202: ask again.</summary>
internal sealed record PendingAnswer(TicketState State, long Revision, long NewestRevision, DateTimeOffset? ComputedAt, bool Stale);

/// <summary>What to do with a ticket: serve its blob, ask the client to come again, or say no.</summary>
internal static class TicketOutcome
{
    public static Standing Standing(this MapTicket ticket) => new(ticket.Revision, ticket.ComputedAt, ticket.Stale, ticket.Window);

    public static Standing Standing(this MosaicTicket ticket) => new(
        ticket.Revision, ticket.ComputedAt, ticket.Stale
            || ticket.TilesPending > 0, ticket.Window, Api.Standing.Names(ticket.MissingTiles()));

    /// <summary>Tiles that have data and are not in the mosaic.</summary>
    public static ImmutableArray<MissingTile> MissingTiles(this MosaicTicket ticket) => ticket.Missing.IsDefault ? [] : ticket.Missing;

    /// <summary>Tiles that have data and are not in the list.</summary>
    public static ImmutableArray<MissingTile> MissingTiles(this CandidateList list) => list.Missing.IsDefault ? [] : list.Missing;

    public static Standing Standing(this StackTicket ticket) => new(ticket.Revision, ticket.CommittedAt, false, ticket.Window);

    /// <summary>Null when the blob can be served.</summary>
    /// <exception cref="RequestException">404 for what is empty, 503 for what failed and left nothing to show.</exception>
    public static IResult? Pending(this MapTicket ticket, bool fresh) =>
        Pending($"map {ticket.Map} of tile {ticket.Tile}", ticket.State, ticket.Blob, ticket.Reason, fresh, ticket.Standing(),
            ticket.NewestRevision);

    /// <inheritdoc cref="Pending(MapTicket, bool)"/>
    public static IResult? Pending(this MosaicTicket ticket, bool fresh) =>
        Pending($"{ticket.Quantity} of map {ticket.Map}", ticket.State, ticket.Blob, ticket.Reason, fresh, ticket.Standing(),
            ticket.NewestRevision);

    /// <inheritdoc cref="Pending(MapTicket, bool)"/>
    public static IResult? Pending(this StackTicket ticket) =>
        Pending($"the stack of tile {ticket.Tile}", ticket.State, ticket.Blob, ticket.Reason, false, ticket.Standing(), ticket.Revision);

    private static LiveJson<PendingAnswer>? Pending(
        string what, TicketState state, string? blob, string? reason, bool fresh, Standing standing, long newest)
    {
        if (state == TicketState.Empty) throw RequestErrors.NothingHere(what, reason);
        if (state == TicketState.Failed && (fresh || blob is null)) throw RequestErrors.NotComputed(what, reason);
        if (blob is not null && (state != TicketState.Computing || !fresh)) return null;
        return new LiveJson<PendingAnswer>(
            new PendingAnswer(TicketState.Computing, standing.Revision, newest, standing.ComputedAt, standing.Stale), standing,
                StatusCodes.Status202Accepted);
    }
}
