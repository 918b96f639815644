using Microsoft.Extensions.Logging;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

internal sealed partial class ObservationGrain
{
    [LoggerMessage(LogLevel.Debug, "Observation {Name}: {State}, {Tiles} tiles")]
    private partial void LogState(string name, RecordState state, int tiles);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: handling a tile's loss of it failed")]
    private partial void LogLossNotHandled(string name, Exception exception);
}
