using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains.Tiles;

internal sealed partial class TileGrain
{
    [LoggerMessage(LogLevel.Debug, "Tile {Tile}: revision {Before} to {After} with a batch of {Batch}; {Ledger} observations in all")]
    private partial void LogCommitted(string tile, long before, long after, int batch, int ledger);

    [LoggerMessage(LogLevel.Warning, "Tile {Tile}: a batch of {Batch} was not committed; who added them tries again")]
    private partial void LogNotCommitted(string tile, int batch, Exception exception);

    [LoggerMessage(LogLevel.Error, "Tile {Tile}: internal error with a batch of {Batch}")]
    private partial void LogUnforeseen(string tile, int batch, Exception exception);

    [LoggerMessage(LogLevel.Error,
        "Tile {Tile}: {Count} observations left the stack, since the store has them no longer as they were: {First} and so on")]
    private partial void LogLost(string tile, int count, string first);

    [LoggerMessage(LogLevel.Warning, "Tile {Tile}: {What}")]
    private partial void LogRecovered(string tile, string what);

    [LoggerMessage(LogLevel.Debug, "Tile {Tile}: its survey was not told of a change")]
    private partial void LogNotTold(string tile, Exception exception);
}
