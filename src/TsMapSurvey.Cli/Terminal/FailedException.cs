namespace TsMapSurvey.Cli.Terminal;

/// <summary>It could not be done: exit 1, the message says what, where, and what to do.</summary>
internal sealed class FailedException(string message) : Exception(message);
