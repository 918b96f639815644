using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains.Observations;

internal sealed partial class ObservationReader
{
    [LoggerMessage(LogLevel.Warning, "Survey {Survey}, an observation that can be used all the same: {Warning}")]
    private partial void LogWarning(string survey, string warning);
}
