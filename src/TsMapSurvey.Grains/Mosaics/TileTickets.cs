using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>Sends one request to all tiles of a survey, a few at a time.</summary>
internal static class TileTickets
{
    private const int TilesAtOnce = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

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
        var request = new MapRequest(map, fresh, TimeSpan.Zero, Window: window);
        Task<Asked<MapTicket>> Ask(string tile, CancellationToken token) =>
            AskAsync(tile, () => grains.Tile(survey, tile).RequestMap(request, token));

        var asked = await AllAsync(tiles, (tile, token) => Ask(tile.Tile, token), cancellationToken);
        while (asked.Any(one => one.Ticket?.State == TicketState.Computing) && time.GetElapsedTime(began) < wait)
        {
            await Task.Delay(Pause, time, cancellationToken);
            var open = asked.Index().Where(item => item.Item.Ticket?.State == TicketState.Computing).ToArray();
            var again = await AllAsync(open, (item, token) => Ask(item.Item.Tile, token), cancellationToken);
            foreach (var (item, ticket) in open.Zip(again)) asked[item.Index] = ticket;
        }

        return Answers(asked, ticket => IsUsable(ticket) || ticket.State is not (TicketState.Computing or TicketState.Failed)
            ? null : ticket.Reason ?? "its map is being computed");
    }

    public static async Task<TileAnswers<StackTicket>> StacksAsync(
        IGrainFactory grains, string survey, IReadOnlyList<TileSummary> tiles, SliceWindow? window, CancellationToken cancellationToken)
    {
        Task<StackTicket> Request(ITileGrain tile, CancellationToken token) =>
            window is null ? tile.RequestStack(token) : tile.RequestWindow(window, token);

        return Answers(await AllAsync(tiles, (tile, token) =>
            AskAsync(tile.Tile, () => Request(grains.Tile(survey, tile.Tile), token)), cancellationToken), _ => null);
    }

    /// <summary>Whether the ticket has a map of the window, or states that the tile has none.</summary>
    public static bool IsUsable(MapTicket ticket) => ticket.Revision > 0 && !ticket.IsEarlierWindow;

    /// <summary>Returns the results in the order of the items.</summary>
    public static async Task<TOut[]> AllAsync<TIn, TOut>(
        IReadOnlyList<TIn> items, Func<TIn, CancellationToken, Task<TOut>> ask, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(TilesAtOnce, TilesAtOnce);
        return await Task.WhenAll(items.Select(async item =>
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                return await ask(item, cancellationToken);
            }
            finally
            {
                places.Release();
            }
        }));
    }

    private static TileAnswers<T> Answers<T>(Asked<T>[] asked, Func<T, string?> whyUnusable)
        where T : class => new(
        [.. asked.Select(one => one.Ticket).OfType<T>()],
        MissingTile.List(from one in asked
                         let reason = one.Ticket is null ? one.Fault : whyUnusable(one.Ticket)
                         where reason is not null
                         select new MissingTile(one.Tile, reason)));

    /// <summary>Catches failures of the tile itself, so that the other tiles are served.</summary>
    private static async Task<Asked<T>> AskAsync<T>(string tile, Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return new Asked<T>(tile, await ask(), null);
        }
        catch (Exception exception)
            when (exception is TimeoutException or OrleansException
                || (exception is SurveyServiceException failed && IsOfTheTile(failed.Error)))
        {
            return new Asked<T>(tile, null, exception.Message);
        }
    }

    private static bool IsOfTheTile(ServiceError error) =>
        error is ServiceError.StoreUnavailable or ServiceError.StoreRefused or ServiceError.Blocked or ServiceError.LostRace
            or ServiceError.Stopping;

    private readonly record struct Asked<T>(string Tile, T? Ticket, string? Fault)
        where T : class;
}
