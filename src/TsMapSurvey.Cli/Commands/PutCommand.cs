using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Uploads observations to where a survey's intake finds them. Files that are already there are not sent again.</summary>
internal static class PutCommand
{
    public static Command Create()
    {
        var files = InputFile.Arguments("FILE", "Observations (MapDataset FITS files)");
        var store = new Option<string>("--store")
        {
            Description = "The server's store, a folder or blob storage; it has to exist and have a survey",
            DefaultValueFactory = _ => "./tsmap-data",
        };
        var survey = ExistingStore.SurveyOption();
        var json = Report.JsonOption();
        var command = new Command("put", "Upload observations to the store of a survey; repeat it after an interruption")
        {
            files, store, survey, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] paths = [.. parsed.GetRequiredValue(files).Select(InputFile.Check)];
            var wrong = paths.Where(path => !ObservationStore.IsObservation(Path.GetFileName(path))).ToArray();
            if (wrong.Length > 0) throw CliErrors.Usage(
                [.. wrong.Select(path => $"{path}: expected a name that ends with {ObservationStore.NamesExpected}")]);
            var repeated = paths.GroupBy(Path.GetFileName).Where(group => group.Count() > 1).ToArray();
            if (repeated.Length > 0) throw CliErrors.Usage(
                [.. repeated.Select(group => $"{group.Key}: found {group.Count()} files, expected one; its name is the observation's")]);
            var url = parsed.GetValue(store)!;
            var blobs = ExistingStore.Open(url);
            var definition = await ExistingStore.SurveyAsync(blobs, url, parsed.GetValue(survey), cancellationToken);
            var observations = new ObservationStore(blobs, definition.Observations);
            var results = await ProgressBar.ShowAsync("Uploading", progress => PutAsync(observations, paths, progress, cancellationToken));
            if (parsed.GetValue(json)) Report.Json(results.Select(
                result => new { result.Entry.Name, Outcome = result.Outcome.ToString(), result.Entry.Length, result.Entry.ETag }));
            else Report.Line(Summary(results));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<List<PutResult>> PutAsync(
        ObservationStore store, string[] paths, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var (results, total, sent) = (new List<PutResult>(), Math.Max(1, paths.Sum(path => new FileInfo(path).Length)), 0L);
        foreach (var path in paths)
        {
            results.Add(await store.PutAsync(path, Path.GetFileName(path), null, cancellationToken));
            sent += new FileInfo(path).Length;
            progress.Report(sent / (double)total);
        }

        return results;
    }

    private static string Summary(List<PutResult> results)
    {
        int Count(PutOutcome outcome) => results.Count(result => result.Outcome == outcome);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{Count(PutOutcome.Uploaded)} uploaded, {Count(PutOutcome.AlreadyThere)} already there");
        return Count(PutOutcome.Replaced) is var replaced and > 0 ? $"{text}, {replaced} replaced" : text;
    }
}
