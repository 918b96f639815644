using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Commands;

internal static class SimulateCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out")
        { Description = "Folder for the observations, truth.json and survey.json; created if missing", Required = true };
        var survey = new Option<string?>("--survey") { Description = "Survey definition [default: that of the demo]" };
        var observations = new Option<int>("--observations") { Description = "Number of observations", DefaultValueFactory = _ => 50 };
        var sources = new Option<int>("--sources") { Description = "Number of sources", DefaultValueFactory = _ => 20 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same files", DefaultValueFactory = _ => 1 };
        var json = Report.JsonOption();
        var command = new Command("simulate", "Simulate the observations of a small survey")
            { output, survey, observations, sources, seed, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateDirectory(parsed.GetRequiredValue(output)).FullName;
            var definition = parsed.GetValue(survey) is { } file
                ? SurveyDefinition.ReadFile(InputFile.Check(file)) : SimulatedSurvey.DefaultDefinition();
            var simulated = new SimulatedSurvey(
                Survey.Resolve(definition, null),
                new SimulationOptions(parsed.GetValue(observations), parsed.GetValue(sources), parsed.GetValue(seed)));
            await ProgressBar.ShowAsync(
                "Simulating", progress => Task.Run(() => Write(simulated, folder, progress, cancellationToken), cancellationToken));
            await File.WriteAllTextAsync(Path.Combine(folder, "truth.json"), simulated.Truth().ToJson(), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "survey.json"), definition.ToJson(), cancellationToken);
            if (parsed.GetValue(json))
                Report.Json(new { Folder = folder, Observations = simulated.Pointings.Count, Sources = simulated.Sources.Count });
            else Report.Line(
                $"{folder}: {simulated.Pointings.Count} observations of {simulated.Sources.Count} sources, truth.json, survey.json");
            return ExitCode.Done;
        });
        return command;
    }

    private static int Write(SimulatedSurvey simulated, string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        foreach (var observation in simulated.Observations())
        {
            cancellationToken.ThrowIfCancellationRequested();
            MapDatasetFile.Write(Path.Combine(folder, observation.FileName), observation.Dataset);
            progress.Report((observation.Index + 1.0) / simulated.Pointings.Count);
        }

        return simulated.Pointings.Count;
    }
}
