using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// Makes a tile's published blobs again that a reader found missing or damaged: maps, their facts, exported stacks and coverages.
/// </summary>
internal sealed partial class PublishedRepair(
    SurveySetup setup, string tile, TileMaps maps, StackExports exports, StackExports coverages, ILogger logger)
{
    /// <summary>Does nothing if the blob is intact or belongs to another tile.</summary>
    public async Task RestoreAsync(string blob, CancellationToken cancellationToken)
    {
        if (setup.Layout.PublisherOf(blob) != tile) return;
        await maps.LoadAsync(cancellationToken);
        if (!await DamagedBlobs.DropAsync(setup.Blobs, blob, cancellationToken)) return;
        LogDamaged(tile, blob);
        await exports.RestoreAsync(blob, cancellationToken);
        await coverages.RestoreAsync(blob, cancellationToken);
        await maps.RestoreAsync(blob, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Tile {Tile}: {Blob} is missing or damaged and is recreated")]
    private partial void LogDamaged(string tile, string blob);
}
