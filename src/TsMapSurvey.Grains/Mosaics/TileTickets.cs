using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains;

/// <summary>Asks all tiles of a survey for the same thing, some at a time.</summary>
internal static class TileTickets
{
    private const int TilesAtOnce = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Every tile that something was stacked on.</summary>
    public static async Task<ImmutableArray<TileSummary>> TilesAsync(IGrainFactory grains, string survey, CancellationToken cancellationToken)
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

    /// <summary>The tiles' maps as they are, or fresh ones as far as the time allows.</summary>
    public static async Task<MapTicket[]> MapsAsync(
        IGrainFactory grains, string survey, IReadOnlyList<TileSummary> tiles, string map, SliceWindow? window, bool fresh, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var request = new MapRequest(map, fresh, TimeSpan.Zero, Window: window);
        var tickets = await AllAsync(tiles, (tile, token) => grains.Tile(survey, tile.Tile).RequestMap(request, token), cancellationToken);
        while (tickets.Any(ticket => ticket.State == TicketState.Computing) && time.GetElapsedTime(began) < wait)
        {
            await Task.Delay(Pause, time, cancellationToken);
            var open = tickets.Index().Where(item => item.Item.State == TicketState.Computing).ToArray();
            var again = await AllAsync(open, (item, token) => grains.Tile(survey, item.Item.Tile).RequestMap(request, token), cancellationToken);
            foreach (var (item, ticket) in open.Zip(again)) tickets[item.Index] = ticket;
        }

        return tickets;
    }

    public static Task<StackTicket[]> StacksAsync(IGrainFactory grains, string survey, IReadOnlyList<TileSummary> tiles, SliceWindow? window, CancellationToken cancellationToken) => AllAsync(
        tiles,
        (tile, token) => window is null ? grains.Tile(survey, tile.Tile).RequestStack(token) : grains.Tile(survey, tile.Tile).RequestWindow(window, token),
        cancellationToken);

    /// <summary>The answers in the order of the questions.</summary>
    public static async Task<TOut[]> AllAsync<TIn, TOut>(IReadOnlyList<TIn> items, Func<TIn, CancellationToken, Task<TOut>> ask, CancellationToken cancellationToken)
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
}
