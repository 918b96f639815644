using System.CommandLine;
using TsMapSurvey.Cli.Demo;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Commands;

internal static class SimulateCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out")
        { Description = "Folder for the observations, truth.json and survey.json; created if missing", Required = true };
        var survey = new Option<string?>("--survey") { Description = "Survey definition [default: that of the demo]" };
        var events = new Option<bool>("--events")
        { Description = "Write event lists with their responses (DL3) and an index of them instead of MapDatasets" };
        var choice = new SimulationChoice();
        var json = Report.JsonOption();
        var command = new Command("simulate", "Simulate the observations of a small survey, or of the whole sky") { output, survey,
            events };
        choice.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateDirectory(parsed.GetRequiredValue(output)).FullName;
            var definition = parsed.GetValue(survey) is { } file ? SurveyDefinition.ReadFile(InputFile.Check(file)) : null;
            var simulated = choice.Simulate(parsed, definition, parsed.GetValue(events));
            await ProgressBar.ShowAsync(
                "Simulating", progress => Task.Run(() => Write(simulated, folder, progress, cancellationToken), cancellationToken));
            await simulated.WriteRestAsync(folder, cancellationToken);
            var sources = simulated.Truth.Sources.Count;
            if (parsed.GetValue(json)) Report.Json(new { Folder = folder, Observations = simulated.Count, Sources = sources });
            else Report.Line($"{folder}: {simulated.Count} observations of {sources} sources, truth.json, survey.json");
            return ExitCode.Done;
        });
        return command;
    }

    private static int Write(SimulatedFiles simulated, string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        for (var index = 0; index < simulated.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            simulated.Write(folder, index);
            progress.Report((index + 1.0) / simulated.Count);
        }

        return simulated.Count;
    }
}
