using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains.Tiles;

internal sealed partial class TileGrain
{
    [LoggerMessage(LogLevel.Debug,
        "Tile {Tile}: committed {Batch} changes, revision {Before} to {After}; {Ledger} observations in the stack")]
    private partial void LogCommitted(string tile, long before, long after, int batch, int ledger);

    [LoggerMessage(LogLevel.Warning, "Tile {Tile}: committing {Batch} changes failed; the callers retry")]
    private partial void LogNotCommitted(string tile, int batch, Exception exception);

    [LoggerMessage(LogLevel.Error, "Tile {Tile}: committing {Batch} changes failed with an internal error")]
    private partial void LogInternal(string tile, int batch, Exception exception);

    [LoggerMessage(LogLevel.Error,
        "Tile {Tile}: {Count} observations left the stack, because the store no longer has their versions; the first is {First}")]
    private partial void LogLost(string tile, int count, string first);

    [LoggerMessage(LogLevel.Warning, "Tile {Tile}: {What}")]
    private partial void LogRecovered(string tile, string what);

    [LoggerMessage(LogLevel.Debug, "Tile {Tile}: notifying the survey of a change failed")]
    private partial void LogNotNotified(string tile, Exception exception);
}
