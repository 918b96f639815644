using System.CommandLine;
using System.Text.Json;
using TsMapSurvey.Cli.Estimator;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Plots;
using TsMapSurvey.Server;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Simulation;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>Runs the command line, and turns every failure into a line on stderr and an exit code.</summary>
internal static class Invocation
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(SelectionWords.Join(args));
        var problems = parsed.Errors.Count > 0 ? ParseMessages.Of(parsed).ToArray() : [.. TypedChecks.Problems(parsed)];
        if (problems.Length > 0)
        {
            foreach (var problem in problems) PrintError(problem);
            await Console.Error.WriteLineAsync(
                $"Try: tsmap {parsed.CommandResult.Command.Name} --help".Replace(" tsmap --help", " --help", StringComparison.Ordinal));
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = ShutdownTimeout(parsed) });
        }
        catch (UsageException exception)
        {
            foreach (var problem in exception.Problems) PrintError(problem);
            return ExitCode.Usage;
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems) PrintError(problem);
            return ExitCode.Usage;
        }
        catch (SurveyException exception)
        {
            foreach (var problem in exception.Problems) PrintError(problem);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            PrintError($"the server's answer cannot be read ({exception.Message}); do tsmap and the server have the same version?");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            PrintError("stopped");
            return ExitCode.Stopped;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            PrintError(FileFaults.Line(exception));
            return ExitCode.Failed;
        }
        catch (Exception exception)
            when (exception is FitsException or MapException or SkyException or TableException or StorageException or PlotException
            or SimulationException or HttpRequestException or FailedException)
        {
            PrintError(exception.Message);
            return IsUsage(exception) ? ExitCode.Usage : ExitCode.Failed;
        }
    }

    /// <summary>Whether another command line would succeed with the same files.</summary>
    private static bool IsUsage(Exception exception) => exception
        is MapException
        {
            Error: MapError.BadUnit or MapError.BadQuantity or MapError.BadOption or MapError.BadModel
            or MapError.BadPosition
        }
        or PlotException
        {
            Error: PlotError.BadRange or PlotError.UnknownColormap or PlotError.UnknownStretch or PlotError.NoSuchPlane
            or PlotError.BadLevel
        }
        or SimulationException or TableException;

    /// <summary>How long a command may take to stop. A server first hands over to the other servers of its cluster.</summary>
    private static TimeSpan ShutdownTimeout(ParseResult parsed) =>
        parsed.CommandResult.Command.Name is "serve" or "demo"
            ? RunningServer.MaxShutdownTime + TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(2);

    private static void PrintError(string problem) => Console.Error.WriteLine($"tsmap: {PrintableText.Of(problem)}");
}
