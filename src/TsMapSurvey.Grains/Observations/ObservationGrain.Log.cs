using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains;

internal sealed partial class ObservationGrain
{
    [LoggerMessage(LogLevel.Debug, "Observation {Name}: {State}, {Tiles} tiles")]
    private partial void LogState(string name, ObservationState state, int tiles);

    [LoggerMessage(LogLevel.Error, "Observation {Name}: internal error while it was read and planned")]
    private partial void LogInternal(string name, Exception? bad);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: quarantined: {Reason}")]
    private partial void LogQuarantined(string name, string reason);
}
