using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// Makes again what a reader found missing or damaged of that which a tile has published: maps, their facts, exported stacks.
/// </summary>
internal sealed partial class PublishedRepair(SurveySetup setup, string tile, TileMaps maps, StackExports exports, ILogger logger)
{
    /// <summary>Of a whole blob, and of what is not the tile's, nothing is done.</summary>
    public async Task RestoreAsync(string blob, CancellationToken cancellationToken)
    {
        if (setup.Layout.PublisherOf(blob) != tile) return;
        await maps.LoadAsync(cancellationToken);
        if (!await DamagedBlobs.DropAsync(setup.Blobs, blob, cancellationToken)) return;
        LogDamaged(tile, blob);
        await exports.RestoreAsync(blob, cancellationToken);
        await maps.RestoreAsync(blob, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Tile {Tile}: {Blob} is missing or damaged: it is made again")]
    private partial void LogDamaged(string tile, string blob);
}
