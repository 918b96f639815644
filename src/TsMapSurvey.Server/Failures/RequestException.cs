namespace TsMapSurvey.Server.Failures;

/// <summary>A request that is answered with an error status; only <see cref="RequestErrors"/> creates it.</summary>
internal sealed class RequestException(int status, string message, IReadOnlyList<string> problems, int? retryAfterS = null)
    : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>Seconds after which the same request may succeed; null: the usual time for the status.</summary>
    public int? RetryAfterS { get; } = retryAfterS;

    /// <summary>All problems found, if several can be found at once; otherwise empty.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
