using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Published;

/// <summary>The answer 202: the data are being computed; repeat the request.</summary>
internal sealed record PendingAnswer(TicketState State, long Revision, long NewestRevision, DateTimeOffset? ComputedAt, bool Stale);

/// <summary>Decides how a ticket is answered: with its blob, with 202, or with an error.</summary>
internal static class TicketOutcome
{
    public static DataVersion Version(this MapTicket ticket) => new(ticket.Revision, ticket.ComputedAt, ticket.Stale, ticket.Window);

    public static DataVersion Version(this MosaicTicket ticket) => new(
        ticket.Revision, ticket.ComputedAt, ticket.Stale
            || ticket.TilesPending > 0, ticket.Window, DataVersion.Names(ticket.MissingTiles()));

    public static ImmutableArray<MissingTile> MissingTiles(this MosaicTicket ticket) => ticket.Missing.IsDefault ? [] : ticket.Missing;

    public static ImmutableArray<MissingTile> MissingTiles(this CandidateList list) => list.Missing.IsDefault ? [] : list.Missing;

    public static DataVersion Version(this StackTicket ticket) => new(ticket.Revision, ticket.CommittedAt, false, ticket.Window);

    public static DataVersion Version(this CoverageTicket ticket) => new(
        ticket.Revision, ticket.CommittedAt, false, ticket.Window, DataVersion.Names(ticket.Missing.IsDefault ? [] : ticket.Missing));

    /// <summary>Null if the blob can be served.</summary>
    /// <exception cref="RequestException">404 if the result is empty, 503 if the computation failed and there is no earlier
    /// result.</exception>
    public static IResult? Pending(this MapTicket ticket, bool fresh) =>
        Pending($"map {ticket.Map} of tile {ticket.Tile}", ticket.State, ticket.Blob, ticket.Reason, fresh, ticket.Version(),
            ticket.NewestRevision);

    /// <inheritdoc cref="Pending(MapTicket, bool)"/>
    public static IResult? Pending(this MosaicTicket ticket, bool fresh) =>
        Pending($"{ticket.Quantity} of map {ticket.Map}", ticket.State, ticket.Blob, ticket.Reason, fresh, ticket.Version(),
            ticket.NewestRevision);

    /// <inheritdoc cref="Pending(MapTicket, bool)"/>
    public static IResult? Pending(this StackTicket ticket) =>
        Pending($"the stack of tile {ticket.Tile}", ticket.State, ticket.Blob, ticket.Reason, false, ticket.Version(), ticket.Revision);

    /// <summary>For an answer whose newest revision is asked for and not there yet.</summary>
    public static IResult Pending(DataVersion version) => new LiveJson<PendingAnswer>(
        new PendingAnswer(TicketState.Computing, version.Revision, version.Revision, version.ComputedAt, version.Stale), version,
        StatusCodes.Status202Accepted);

    private static LiveJson<PendingAnswer>? Pending(
        string what, TicketState state, string? blob, string? reason, bool fresh, DataVersion version, long newest)
    {
        if (state == TicketState.Empty) throw RequestErrors.NothingHere(what, reason);
        if (state == TicketState.Failed && (fresh || blob is null)) throw RequestErrors.NotComputed(what, reason);
        if (blob is not null && (state != TicketState.Computing || !fresh)) return null;
        return new LiveJson<PendingAnswer>(
            new PendingAnswer(TicketState.Computing, version.Revision, newest, version.ComputedAt, version.Stale), version,
                StatusCodes.Status202Accepted);
    }
}
