namespace TsMapSurvey.Server.Failures;

/// <summary>
/// A request that cannot be answered as it stands, with the status that says so; made only by <see cref="RequestErrors"/>.
/// </summary>
internal sealed class RequestException(int status, string message, IReadOnlyList<string> problems) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>Each by itself where several can be found at once; else empty.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
