using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Observations;

internal sealed partial class ObservationGrain
{
    [LoggerMessage(LogLevel.Debug, "Observation {Name}: {State}, {Tiles} tiles")]
    private partial void LogState(string name, ObservationState state, int tiles);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: what a tile said of it could not be heeded")]
    private partial void LogNotHeard(string name, Exception bad);
}
