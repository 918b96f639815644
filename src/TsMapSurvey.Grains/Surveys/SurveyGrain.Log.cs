using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains.Surveys;

internal sealed partial class SurveyGrain
{
    [LoggerMessage(LogLevel.Information, "Survey {Survey}: defined")]
    private partial void LogDefined(string survey);

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: {Warning}")]
    private partial void LogSlices(string survey, string warning);

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: the summary of tile {Tile} could not be read")]
    private partial void LogNoAnswer(string survey, string tile, Exception exception);

    [LoggerMessage(
        LogLevel.Warning, "Survey {Survey}: tile {Tile} has no manifest or differs from the observations' records; it is reconciled")]
    private partial void LogDiffers(string survey, string tile);
}
