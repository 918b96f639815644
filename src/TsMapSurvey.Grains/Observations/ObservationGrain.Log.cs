using Microsoft.Extensions.Logging;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

internal sealed partial class ObservationGrain
{
    [LoggerMessage(LogLevel.Debug, "Observation {Name}: {State}, {Tiles} tiles")]
    private partial void LogState(string name, RecordState state, int tiles);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: what a tile said of it could not be heeded")]
    private partial void LogNotHeard(string name, Exception exception);
}
