using Microsoft.Extensions.Logging.Console;

namespace TsMapSurvey.Server.Hosting;

internal static class ServerLogging
{
    /// <summary>One line a message, to stderr: stdout belongs to whoever started the server.</summary>
    public static void Add(ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(level);
        // A failed request is told once, by ProblemWriter; a failed start is thrown to whoever started.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // Its lines hold whole addresses, and so the webhook's key.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        if (level == LogLevel.Warning)
        {
            // Warnings about the garbage collector that the process was started with, and about a first check that takes the machine's
            // uptime for its own.
            logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
            logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        }

        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        logging.AddConsole(
            console => (console.FormatterName, console.LogToStandardErrorThreshold) = (LineFormatter.FormatterName, LogLevel.Trace));
    }
}
