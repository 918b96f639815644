using System.Net;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>A command failed: exit code 1. The message says what, where, and what to do. Created only by <see cref="CliErrors"/>.</summary>
internal sealed class FailedException(string message) : Exception(message)
{
    /// <summary>The status of a server's answer; null if it was not a server that refused.</summary>
    public HttpStatusCode? Status { get; init; }
}
