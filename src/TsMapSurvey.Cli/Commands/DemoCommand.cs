using System.CommandLine;
using TsMapSurvey.Cli.Demo;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Server;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Cli.Commands;

internal static class DemoCommand
{
    public static Command Create()
    {
        var data = new Option<string?>("--data")
        { Description = "Folder for store and files, which is kept [default: a temporary folder, deleted at the end]" };
        var port = new Option<int?>("--port") { Description = "Port of the page [default: 5080, or a free one if that is in use]" };
        var noServe = new Option<bool>("--no-serve") { Description = "Exit when the sources are found instead of serving on" };
        var choice = new SimulationChoice();
        var json = Report.JsonOption();
        var command = new Command("demo", "Simulate a small survey, or the whole sky, stream it in, and find its sources")
            { data, port, noServe };
        choice.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var folder = new DemoFolder(parsed.GetValue(data));
            var simulated = choice.Simulate(parsed, null, asEvents: false);
            await File.WriteAllTextAsync(folder.Survey, simulated.Survey.Definition.ToJson(), cancellationToken);
            await File.WriteAllTextAsync(folder.Truth, simulated.Truth.ToJson(), cancellationToken);
            var settings = new ServerSettings
            {
                Store = folder.Store,
                Surveys = [folder.Survey],
                Urls = parsed.GetValue(port) is { } chosen ? [$"http://127.0.0.1:{chosen}"] : [],
                IntakeInterval = TimeSpan.FromMilliseconds(250),
            };
            await using var server = await ServerHost.StartAsync(settings, cancellationToken);
            var quiet = parsed.GetValue(json);
            if (!quiet) Report.Line($"Watch the map grow: {server.Addresses[0]}");
            var run = new DemoRun(simulated, folder, server.Addresses[0]);
            await ProgressBar.ShowAsync(
                $"Observing {simulated.Truth.Sources.Count} simulated sources", progress => run.StreamAsync(progress, cancellationToken));
            var outcome = await run.FinishAsync(cancellationToken);
            if (quiet) Report.Json(outcome.Summary());
            else outcome.Print(inSigmas: choice.IsAllSky(parsed));
            if (parsed.GetValue(noServe)) return ExitCode.Done;
            if (!quiet) Report.Line($"Still serving {server.Addresses[0]} (Ctrl-C stops)");
            await server.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
