using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Commands;

/// <summary>What the tiles of a survey do, offline.</summary>
internal static class StackCommand
{
    public static Command Create()
    {
        var datasets = new Argument<string[]>("DATASET") { Description = "MapDataset FITS files on one pixel grid", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Stacked MapDataset to write (.gz compresses)", Required = true };
        var like = new Option<string?>("--geometry-of") { Description = "A MapDataset whose image and axes the stack takes [default: the union of the datasets]" };
        var survey = new Option<string?>("--survey") { Description = "A survey definition whose grid the stack takes, cut to the datasets" };
        var json = Report.JsonOption();
        var command = new Command("stack", "Stack MapDataset files into one") { datasets, output, like, survey, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (files, path) = (parsed.GetRequiredValue(datasets), OutputFile.Check(parsed.GetRequiredValue(output)));
            if (parsed.GetValue(like) is not null && parsed.GetValue(survey) is not null) throw new UsageException("--geometry-of and --survey: expected one of them");
            var stack = await ProgressBar.ShowAsync("Stacking", progress => Task.Run(
                () => Stack(files, Geometry(files, parsed.GetValue(like), parsed.GetValue(survey)), progress, cancellationToken), cancellationToken));
            MapDatasetFile.Write(path, stack.ToDataset("stacked"));
            var image = stack.Geometry.Image;
            if (parsed.GetValue(json)) Report.Json(new { File = path, Observations = stack.ObservationCount, image.Width, image.Height });
            else Report.Line($"{path}: {stack.ObservationCount} observations on {image.Width} x {image.Height} pixels");
            return ExitCode.Done;
        });
        return command;
    }

    private static DatasetStack Stack(string[] files, StackGeometry geometry, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var stack = new DatasetStack(geometry);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stack.Add(InputFile.ReadDataset(file));
            progress.Report(stack.ObservationCount / (double)files.Length);
        }

        return stack;
    }

    private static StackGeometry Geometry(string[] files, string? like, string? survey)
    {
        if (like is not null) return StackGeometry.Of(InputFile.ReadDataset(like));
        var first = InputFile.ReadDataset(files[0]);
        var image = DatasetUnion.Grid(files.Select(file => (file, InputFile.ReadDataset(file).Grid)));
        if (survey is not null)
        {
            var resolved = Survey.Resolve(SurveyDefinition.Parse(InputFile.ReadText(survey)), first);
            foreach (var file in files) resolved.Check(InputFile.ReadDataset(file));
            image = DatasetUnion.Within(image, resolved.Tiling.Grid);
        }

        return StackGeometry.Covering(image, StackTemplate.Of(first));
    }
}
