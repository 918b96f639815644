using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace TsMapSurvey.Server.Hosting;

/// <summary>
/// Formats a log message as one line: time, level, category, message, exception. Text in it can neither start another line nor control the
/// terminal.
/// </summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var exception = logEntry.Exception is { } logged
            ? $" {string.Join("   ", logged.ToString().Split('\n', StringSplitOptions.TrimEntries))}" : "";
        var at = time.GetUtcNow().ToString(TimeFormat, System.Globalization.CultureInfo.InvariantCulture);
        textWriter.WriteLine(
            $"{at} {Level(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {PrintableText.Of(message + exception)}");
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
