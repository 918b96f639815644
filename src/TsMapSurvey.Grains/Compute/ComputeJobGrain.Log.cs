using Microsoft.Extensions.Logging;

namespace TsMapSurvey.Grains.Compute;

internal sealed partial class ComputeJobGrain
{
    [LoggerMessage(LogLevel.Information, "Job {Job}: computed {Blocks} blocks on {Silos} silos in {Seconds:0.000} s")]
    private partial void LogDone(string job, int blocks, int silos, double seconds);

    [LoggerMessage(LogLevel.Information, "Job {Job}: failed: {Reason}")]
    private partial void LogFailed(string job, string reason);

    [LoggerMessage(LogLevel.Error, "Job {Job}: failed with an internal error")]
    private partial void LogInternal(string job, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {Job}: interrupted; it resumes at the next request for its status")]
    private partial void LogInterrupted(string job, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {Job}: {Blob} is missing or damaged and is assembled again")]
    private partial void LogDamaged(string job, string blob);
}
