using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains;

internal sealed partial class IntakeGrain
{
    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: its observations could not be listed; tried again")]
    private partial void LogListing(string survey, Exception bad);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: again in {Delay}: {Reason}")]
    private partial void LogAgain(string name, TimeSpan delay, string reason, Exception? bad);
}
