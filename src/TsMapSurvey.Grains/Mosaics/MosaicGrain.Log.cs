using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains.Mosaics;

internal sealed partial class MosaicGrain
{
    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: {Blob} is missing or damaged; it is recreated at the next request")]
    private partial void LogDamaged(string survey, string blob);

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: tile {Tile} is missing in a mosaic or candidate list: {Reason}")]
    private partial void LogMissing(string survey, string tile, string reason);
}
