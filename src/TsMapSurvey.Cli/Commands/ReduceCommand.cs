using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Events.Given;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Turns event lists with their responses (DL3) into MapDataset files, as the tiles of a survey do.</summary>
internal static class ReduceCommand
{
    public static Command Create()
    {
        var files = InputFile.Arguments("FILE", "Event files (DL3), indices of them (hdu-index), or folders with either");
        var survey = new Option<string>("--survey") { Description = "Survey definition with grid, axes and 'events'", Required = true };
        var output = new Option<string>("--out") { Description = "Folder for the MapDataset files; created if missing", Required = true };
        var only = new Option<long[]>("--observation")
        { Description = "OBS_ID to take from an index; may be repeated [default: all]", AllowMultipleArgumentsPerToken = true };
        var root = new Option<string?>("--root")
        { Description = "Folder that the paths of an index must not leave [default: the folder of the index]" };
        var given = new GivenOptions();
        var json = Report.JsonOption();
        var command = new Command("reduce", "Turn event lists (DL3) into MapDataset files") { files, survey, output, only, root, json };
        given.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var reduction = Reduction(InputFile.Check(parsed.GetRequiredValue(survey)), given.Of(parsed), out var template);
            var sources = EventSource.Of(parsed.GetRequiredValue(files), parsed.GetValue(only) ?? [], parsed.GetValue(root));
            var folder = Directory.CreateDirectory(parsed.GetRequiredValue(output)).FullName;
            var (warnings, failures) = (new List<string>(), new List<string>());
            reduction.EnsureShares(sources);
            var rows = await ProgressBar.ShowAsync("Reducing", progress => Task.Run(
                () => Reduce(sources, reduction, template, folder, warnings, failures, progress, cancellationToken), cancellationToken));
            foreach (var warning in warnings.Distinct().Concat(sources.Count == 1 ? [] : failures)) Report.Warning(warning);
            if (parsed.GetValue(json)) Report.Json(rows);
            else
                Report.Table(["observation", "file", "events", "safe\ncounts", "from\nTeV", "to\nTeV", "background\nnorm"],
                    rows.Select(Cells));
            return failures.Count == 0 ? ExitCode.Done : throw CliErrors.NotReduced(failures, sources.Count);
        });
        return command;
    }

    private static ListReduction Reduction(string path, GivenDefinition? given, out MapDataset? like)
    {
        var definition = SurveyDefinition.ReadFile(path);
        var events = definition.Events ?? new EventsDefinition();
        if (given is not null) definition = definition with { Events = events with { Given = given } };
        string Beside(string name) => InputFile.Check(Path.GetFullPath(name, Path.GetDirectoryName(Path.GetFullPath(path))!));
        like = definition.Like is { } file ? MapDatasetFile.Read(Beside(file)) : null;
        var exclusion = definition.Events?.Exclusion is { } mask ? ExclusionMask.Read(Beside(mask)) : null;
        var maps = definition.Events?.Given?.Renamed(Beside) is { } files
            ? GivenMaps.Read(files.Exposure, files.Backgrounds, files.Psf) : null;
        var survey = Survey.Resolve(definition, like, exclusion: exclusion, given: maps);
        return new ListReduction(survey, survey.Events, maps is null ? null : survey.Given);
    }

    /// <summary>One file for each observation; the failure of one does not stop the others.</summary>
    private static List<ReducedObservation> Reduce(IReadOnlyList<EventSource> sources, ListReduction reduction, MapDataset? template,
        string folder, List<string> warnings, List<string> failures, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var (rows, names) = (new List<ReducedObservation>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < sources.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var row = Reduce(sources[i], reduction, template, folder, names, warnings);
                rows.Add(row);
            }
            catch (Exception exception) when (exception is MapException or FitsException or IOException or FailedException)
            {
                failures.Add(exception.Message.StartsWith(sources[i].Place, StringComparison.Ordinal)
                    ? exception.Message : $"{sources[i].Place}: {FileFaults.Line(exception)}");
            }

            progress.Report((i + 1.0) / sources.Count);
        }

        return rows;
    }

    private static ReducedObservation Reduce(EventSource source, ListReduction reduction, MapDataset? template, string folder,
        HashSet<string> names, List<string> warnings)
    {
        var (dataset, events, range) = reduction.Reduce(source, template);
        warnings.AddRange(dataset.Warnings);
        var name = $"obs_{Name(dataset.ObservationId, source.Place)}.fits.gz";
        if (!names.Add(name)) throw CliErrors.SameObservation(source.Place, dataset.ObservationId ?? name);
        MapDatasetFile.Write(Path.Combine(folder, name), dataset);
        return new ReducedObservation(dataset.ObservationId, name, events, Safe(dataset), range);
    }

    /// <summary>OBS_ID, which may be any text, as part of a file name; without it, the name of the file.</summary>
    private static string Name(string? id, string place)
    {
        var text = string.IsNullOrEmpty(id) ? Path.GetFileName(place).Split('.')[0] : id;
        return string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
    }

    private static double Safe(MapDataset dataset) => dataset.Counts!.Data.Where((_, i) => dataset.MaskSafe!.Data[i]).Sum();

    private static string[] Cells(ReducedObservation row) =>
    [
        row.Observation ?? "", row.File, $"{row.Events}", Report.Number(row.SafeCounts), Report.Number(row.MinTeV),
        row.MaxTeV is { } max ? Report.Number(max) : "", Report.Number(row.BackgroundNorm),
    ];

    /// <param name="MaxTeV">Null if nothing limits the energy.</param>
    private sealed record ReducedObservation(string? Observation, string File, int Events, double SafeCounts, double MinTeV, double? MaxTeV,
        double BackgroundNorm, double BackgroundNormError)
    {
        public ReducedObservation(string? observation, string file, int events, double safeCounts, ObservationRange range)
            : this(observation, file, events, safeCounts, range.MinTeV, double.IsFinite(range.MaxTeV) ? range.MaxTeV : null,
                range.BackgroundNorm, range.BackgroundNormError)
        {
        }
    }
}
