using Microsoft.Extensions.Logging.Console;

namespace TsMapSurvey.Server.Hosting;

internal static class ServerLogging
{
    /// <summary>One line per message, to stderr; stdout belongs to the caller.</summary>
    public static void Add(ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(level);
        // ProblemWriter logs failed requests; the exception of a failed start is thrown to the caller.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // Its messages contain complete URLs, and so the webhook's key.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        if (level == LogLevel.Warning)
        {
            // Warnings about the process's garbage collector, and a false one of the first watchdog check, which takes the machine's
            // uptime for the process's.
            logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
            logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        }

        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        logging.AddConsole(
            console => (console.FormatterName, console.LogToStandardErrorThreshold) = (LineFormatter.FormatterName, LogLevel.Trace));
    }
}
