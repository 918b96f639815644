using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>Sends one request to all tiles of a survey, a few at a time.</summary>
internal static class TileTickets
{
    public const int TilesAtOnce = 16;

    /// <summary>Returns all tiles that have data.</summary>
    public static async Task<ImmutableArray<TileSummary>> TilesAsync(
        IGrainFactory grains, string survey, CancellationToken cancellationToken)
    {
        var tiles = ImmutableArray.CreateBuilder<TileSummary>();
        string? after = null;
        do
        {
            var page = await grains.Survey(survey).Tiles(after, Page<TileSummary>.MaxItems, cancellationToken);
            tiles.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return tiles.ToImmutable();
    }

    /// <summary>Requests the tiles' published maps, or fresh ones as far as the time allows.</summary>
    public static async Task<TileAnswers<MapTicket>> MapsAsync(
        IGrainFactory grains, string survey, IReadOnlyList<TileSummary> tiles, string map, SliceWindow? window, bool fresh, TimeSpan wait,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        TimeSpan Left() => wait - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        Task<Answer<MapTicket>> Ask(string tile, TimeSpan left, CancellationToken token) =>
            AskAsync(tile, () => grains.Tile(survey, tile).RequestMap(new MapRequest(map, fresh, left, Window: window), token));

        // First all tiles begin, then each is waited for: the tile answers when its map is there.
        var answers = await BoundedCalls.AllAsync(
            tiles, TilesAtOnce, (tile, token) => Ask(tile.Tile, TimeSpan.Zero, token), cancellationToken);
        while (answers.Any(answer => answer.Ticket?.State == TicketState.Computing) && Left() > TimeSpan.Zero)
        {
            var computing = answers.Index().Where(item => item.Item.Ticket?.State == TicketState.Computing).ToArray();
            var repeated = await BoundedCalls.AllAsync(
                computing, TilesAtOnce, (item, token) => Ask(item.Item.Tile, Left(), token), cancellationToken);
            foreach (var (item, ticket) in computing.Zip(repeated)) answers[item.Index] = ticket;
        }

        return ToAnswers(answers, ticket => IsUsable(ticket) || ticket.State is not (TicketState.Computing or TicketState.Failed)
            ? null : ticket.Reason ?? "its map is being computed");
    }

    public static async Task<TileAnswers<StackTicket>> StacksAsync(
        IGrainFactory grains, string survey, IReadOnlyList<TileSummary> tiles, SliceWindow? window, CancellationToken cancellationToken)
    {
        Task<StackTicket> Request(ITileGrain tile, CancellationToken token) =>
            window is null ? tile.RequestStack(token) : tile.RequestWindow(window, token);

        var answers = await BoundedCalls.AllAsync(
            tiles, TilesAtOnce, (tile, token) => AskAsync(tile.Tile, () => Request(grains.Tile(survey, tile.Tile), token)),
            cancellationToken);
        return ToAnswers(answers, _ => null);
    }

    public static async Task<TileAnswers<StackTicket>> CoveragesAsync(
        IGrainFactory grains, string survey, IReadOnlyList<TileSummary> tiles, SliceWindow? window, CancellationToken cancellationToken) =>
        ToAnswers(
            await BoundedCalls.AllAsync(
                tiles, TilesAtOnce, (tile, token) => AskAsync(
                    tile.Tile, () => grains.Tile(survey, tile.Tile).RequestCoverage(window, token)), cancellationToken), _ => null);

    /// <summary>Whether the ticket has a map of the window, or states that the tile has none.</summary>
    public static bool IsUsable(MapTicket ticket) => ticket.Revision > 0 && !ticket.IsEarlierWindow;

    private static TileAnswers<T> ToAnswers<T>(Answer<T>[] answers, Func<T, string?> whyUnusable)
        where T : class => new(
        [.. answers.Select(answer => answer.Ticket).OfType<T>()],
        MissingTile.List(from answer in answers
                         let reason = answer.Ticket is null ? answer.Fault : whyUnusable(answer.Ticket)
                         where reason is not null
                         select new MissingTile(answer.Tile, reason)));

    /// <summary>Catches failures of the tile itself, so that the other tiles are served.</summary>
    private static async Task<Answer<T>> AskAsync<T>(string tile, Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return new Answer<T>(tile, await ask(), null);
        }
        catch (Exception exception)
            when (exception is TimeoutException or OrleansException
                || (exception is SurveyServiceException failed && IsOfTheTile(failed.Error)))
        {
            return new Answer<T>(tile, null, exception.Message);
        }
    }

    private static bool IsOfTheTile(ServiceError error) =>
        error is ServiceError.StoreUnavailable or ServiceError.StoreRefused or ServiceError.Blocked or ServiceError.LostRace
            or ServiceError.Stopping;

    private readonly record struct Answer<T>(string Tile, T? Ticket, string? Fault)
        where T : class;
}
