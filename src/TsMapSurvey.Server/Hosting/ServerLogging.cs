using Microsoft.Extensions.Logging.Console;

namespace TsMapSurvey.Server;

internal static class ServerLogging
{
    /// <summary>One line a message, to stderr: stdout belongs to whoever started the server.</summary>
    public static void Add(ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(level);
        // A failed request is told once, by ProblemWriter.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        // Its warnings are about the garbage collector that the process was started with.
        if (level >= LogLevel.Warning) logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.ColorBehavior) = (true, "HH:mm:ss ", LoggerColorBehavior.Disabled));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
