using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Stacks datasets as the tiles of a survey do, without a server.</summary>
internal static class StackCommand
{
    public static Command Create()
    {
        var datasets = InputFile.Arguments("DATASET", "MapDataset FITS files on one pixel grid");
        var output = new Option<string>("--out") { Description = "Stacked MapDataset to write (.gz compresses)", Required = true };
        var like = new Option<string?>("--geometry-of")
        { Description = "MapDataset with the image and axes of the stack [default: the union of the datasets]" };
        var survey = new Option<string?>("--survey")
        { Description = "Survey definition with the grid of the stack, cut to the datasets" };
        var resample = new Option<bool>("--resample")
        { Description = "With --geometry-of: datasets on other pixel grids are resampled; a survey says so itself" };
        var json = Report.JsonOption();
        var command = new Command("stack", "Stack MapDataset files into one") { datasets, output, like, survey, resample, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (files, path) = (parsed.GetRequiredValue(datasets), OutputFile.Fits(output.Name, parsed.GetRequiredValue(output)));
            if (parsed.GetValue(like) is not null && parsed.GetValue(survey) is not null)
                throw CliErrors.NotTogether("--geometry-of and --survey", "expected one of them");
            if (parsed.GetValue(resample) && parsed.GetValue(like) is null)
                throw CliErrors.NotTogether("--resample without --geometry-of", "expected the file with the pixel grid of the stack");
            var warnings = new List<string>();
            var stack = await ProgressBar.ShowAsync("Stacking", progress => Task.Run(
                () =>
                {
                    var definition = parsed.GetValue(survey) is { } file ? SurveyDefinition.ReadFile(InputFile.Check(file)) : null;
                    var onto = definition is null ? null : Survey.Resolve(definition, InputFile.ReadDataset(files[0]));
                    var geometry = Geometry(files, parsed.GetValue(like), onto);
                    Func<string, MapDataset, IObservedData> observed = onto is not null ? (file, dataset) => Observed(onto, file, dataset)
                        : parsed.GetValue(resample) ? (_, dataset) => new ResampledData(dataset, geometry.Image.PixelScaleDeg)
                        : (_, dataset) => new AlignedData(dataset);
                    return Stack(files, geometry, observed, warnings, progress, cancellationToken);
                },
                cancellationToken));
            var stacked = stack.ToDataset("stacked");
            MapDatasetFile.Write(path, stacked);
            foreach (var warning in InputFile.Repeated(files).Concat(warnings).Concat(Warnings(path, stacked)).Distinct())
                Report.Warning(warning);
            var image = stack.Geometry.Image;
            if (parsed.GetValue(json)) Report.Json(new { File = path, Observations = stack.ObservationCount, image.Width, image.Height });
            else Report.Line($"{path}: {stack.ObservationCount} observations on {image.Width} x {image.Height} pixels");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>
    /// A stack weights response maps with their exposures: where these are zero, so is the stack's response, as in gammapy.
    /// </summary>
    private static IEnumerable<string> Warnings(string path, MapDataset stacked)
    {
        if (stacked.Psf is null) yield return $"{path} has no PSF, because no dataset has one";
        if (stacked.Edisp is null) yield return $"{path} has no EDISP, because no dataset has one";
        if (IsZero(stacked.Edisp?.Data)) yield return ZeroResponse("energy dispersion", "EDISP");
        if (IsZero(stacked.Psf?.Density)) yield return ZeroResponse("point spread function", "PSF");
    }

    private static string ZeroResponse(string name, string hdu) =>
        $"the stack's {name} ({hdu}) is zero everywhere and cannot be used for a fit, because {hdu}_EXPOSURE of the datasets is zero";

    private static bool IsZero(Map<double>? map) => map is not null && !Array.Exists(map.Data, value => value != 0);

    private static DatasetStack Stack(
        string[] files, StackGeometry geometry, Func<string, MapDataset, IObservedData> observed, List<string> warnings,
        IProgress<double> progress, CancellationToken cancellationToken)
    {
        var stack = new DatasetStack(geometry);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var observation = observed(file, InputFile.ReadDataset(file));
            stack.Add(observation.On(geometry));
            warnings.AddRange(observation.Warnings);
            progress.Report(stack.ObservationCount / (double)files.Length);
        }

        return stack;
    }

    private static IObservedData Observed(Survey survey, string file, MapDataset dataset)
    {
        try
        {
            return ObservedFile.Of(dataset, survey);
        }
        catch (SurveyException exception)
        {
            throw CliErrors.Usage([.. exception.Problems.Select(problem => $"{file}: {problem}")]);
        }
    }

    private static StackGeometry Geometry(string[] files, string? like, Survey? survey)
    {
        if (like is not null) return StackGeometry.Of(InputFile.ReadDataset(like));
        StackGeometry[] shapes = [.. files.Select(file => StackGeometry.Of(InputFile.ReadDataset(file)))];
        if (survey?.Definition.Resample == true)
            return StackUnion.Of(DatasetUnion.OnSurvey(shapes.Select(shape => shape.Image), survey.Grid), shapes);
        var image = DatasetUnion.Grid(files.Zip(shapes, (file, shape) => (file, shape.Image)));
        return StackUnion.Of(survey is null ? image : DatasetUnion.Within(image, survey.Grid), shapes);
    }
}
