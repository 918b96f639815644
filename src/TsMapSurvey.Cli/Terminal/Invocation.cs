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

/// <summary>Runs the command that the arguments name and turns every failure into a line on stderr and an exit code.</summary>
internal static class Invocation
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(SelectionWords.Join(args));
        var problems = parsed.Errors.Count > 0 ? ParseMessages.Of(parsed).ToArray() : [.. TypedChecks.Of(parsed)];
        if (problems.Length > 0)
        {
            foreach (var problem in problems) Say(problem);
            await Console.Error.WriteLineAsync(
                $"Try: tsmap {parsed.CommandResult.Command.Name} --help".Replace(" tsmap --help", " --help", StringComparison.Ordinal));
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestEnd(parsed) });
        }
        catch (UsageException usage)
        {
            foreach (var problem in usage.Problems) Say(problem);
            return ExitCode.Usage;
        }
        catch (SettingsException settings)
        {
            foreach (var problem in settings.Problems) Say(problem);
            return ExitCode.Usage;
        }
        catch (SurveyException survey)
        {
            foreach (var problem in survey.Problems) Say(problem);
            return ExitCode.Usage;
        }
        catch (Exception answer) when (answer is JsonException or KeyNotFoundException)
        {
            Say($"the server's answer is not one this version understands ({answer.Message}); are both of one version?");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            Say("stopped");
            return ExitCode.Stopped;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Say(FileFaults.Line(failure));
            return ExitCode.Failed;
        }
        catch (Exception failure)
            when (failure is FitsException or MapException or SkyException or TableException or StorageException or PlotException
            or SimulationException or HttpRequestException or FailedException)
        {
            Say(failure.Message);
            return IsUsage(failure) ? ExitCode.Usage : ExitCode.Failed;
        }
    }

    /// <summary>Whether another command line would do, with the same files.</summary>
    private static bool IsUsage(Exception failure) => failure
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

    /// <summary>How long a command has between the request to end and its end: a server hands over to the others of its cluster.</summary>
    private static TimeSpan LongestEnd(ParseResult parsed) =>
        parsed.CommandResult.Command.Name is "serve" or "demo"
            ? RunningServer.LongestStop + TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(2);

    private static void Say(string problem) => Console.Error.WriteLine($"tsmap: {PrintableText.Of(problem)}");
}
