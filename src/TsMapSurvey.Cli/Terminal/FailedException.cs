using System.Net;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>It could not be done: exit 1, the message says what, where, and what to do. Made only by <see cref="CliErrors"/>.</summary>
internal sealed class FailedException(string message) : Exception(message)
{
    /// <summary>Of a server's answer.</summary>
    public HttpStatusCode? Status { get; init; }
}
