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
        var files = InputFile.Arguments(
            "FILE", "Observations (MapDatasets or event lists in FITS), or an index of event files (hdu-index.fits.gz)");
        var store = new Option<string>("--store")
        {
            Description = "The server's store, a folder or blob storage; it has to exist and have a survey",
            DefaultValueFactory = _ => "./tsmap-data",
        };
        var root = new Option<string?>("--root")
        { Description = "Folder that the paths of an index must not leave [default: the folder of the index]" };
        var survey = ExistingStore.SurveyOption();
        var json = Report.JsonOption();
        var command = new Command("put", "Upload observations to the store of a survey; repeat it after an interruption")
        {
            files, store, survey, root, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = PutPlan.Of([.. parsed.GetRequiredValue(files).Select(InputFile.Check)], parsed.GetValue(root));
            var url = parsed.GetValue(store)!;
            var blobs = ExistingStore.Open(url);
            var definition = await ExistingStore.SurveyAsync(blobs, url, parsed.GetValue(survey), cancellationToken);
            var observations = new ObservationStore(blobs, definition.Observations);
            var results = await ProgressBar.ShowAsync(
                "Uploading", progress => PutAsync(observations, plan.Sources, progress, cancellationToken));
            if (parsed.GetValue(json)) Report.Json(results.Select(
                result => new { result.Entry.Name, Outcome = result.Outcome.ToString(), result.Entry.Length, result.Entry.ETag }));
            else Report.Line(Summary(results, plan));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<List<PutResult>> PutAsync(
        ObservationStore store, IReadOnlyList<PutSource> sources, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var (results, total, sent) = (new List<PutResult>(), Math.Max(1, sources.Sum(Length)), 0L);
        foreach (var source in sources)
        {
            results.Add(await source.PutAsync(store, cancellationToken));
            sent += Length(source);
            progress.Report(sent / (double)total);
        }

        return results;
    }

    private static long Length(PutSource source) => new FileInfo(source.Path).Length;

    private static string Summary(List<PutResult> results, PutPlan plan)
    {
        int Count(PutOutcome outcome) => results.Count(result => result.Outcome == outcome);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{Count(PutOutcome.Uploaded)} uploaded, {Count(PutOutcome.AlreadyThere)} already there");
        if (Count(PutOutcome.Replaced) is var replaced and > 0) text += $", {replaced} replaced";
        var observations = plan.Absent == 1 ? "observation" : "observations";
        if (plan.Absent > 0) text += $"; {plan.Absent} {observations} of the index without a file here";
        return plan.Lists.Count > 0 ? $"{text}; not uploaded, since no observation: {string.Join(", ", plan.Lists)}" : text;
    }
}
