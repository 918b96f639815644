using System.Net;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>
/// Every failure that the commands detect themselves, with what was found and expected: a <see cref="UsageException"/> for a wrong command
/// line (exit code 2), a <see cref="FailedException"/> for a command that could not be carried out (exit code 1).
/// </summary>
internal static class CliErrors
{
    public static UsageException Usage(params IReadOnlyList<string> problems) => new(problems);

    public static UsageException Wrong(string option, string found, string expected) =>
        Usage($"{option}: found {found}, expected {expected}");

    public static UsageException Invalid(string option, Exception reason) => Usage($"{option}: {reason.Message}");

    public static UsageException NotTogether(string option, string reason) => Usage($"{option}: {reason}");

    public static UsageException InvalidPosition(string text) =>
        Usage($"--at: found '{text}', expected degrees like \"83.63,22.01\" or \"l=184.56,b=-5.78\", "
            + "or hours and degrees like \"05h34m31s +22d01m\" or \"05:34:31 +22:00:52\"");

    public static UsageException InvalidAddress(string variable, string found, string example) =>
        Usage($"--server or the environment variable {variable}: found '{found}', expected an address like {example}");

    public static UsageException NoSurveyYet(string address) =>
        Usage($"{address} has no survey yet; start the server with tsmap serve --survey FILE");

    public static UsageException SeveralSurveys(IEnumerable<string> names) =>
        Usage($"--survey: found none, expected one of {string.Join(", ", names)}");

    public static UsageException UnknownSurvey(string found, string store, IEnumerable<string> names, string suggestion) =>
        Usage($"--survey: found '{found}', {store} has {string.Join(", ", names)}{suggestion}");

    public static UsageException NoStore(string folder, string suggestion, string howToCreate) =>
        Usage($"--store: there is no folder {folder}{suggestion}; {howToCreate}");

    public static UsageException NoSurvey(string store, string howToCreate) => Usage($"--store: {store} has no survey; {howToCreate}");

    public static UsageException NoSuchHdu(int found, string file, int count) =>
        Usage($"--hdu: found {found}, {file} has HDUs 0 to {count - 1}");

    public static UsageException NoSuchPlane(string option, int found, string place, int count) =>
        Usage($"{option}: found {found}, {place} has {(count == 1 ? "one plane, 0" : $"planes 0 to {count - 1}")}");

    public static UsageException UnknownQuantity(string found, string expected) =>
        Usage($"--quantity: found '{found}', {expected}");

    public static UsageException Compressed(string path, string ending) =>
        Usage($"{path}: tile-compressed files (.fz) can be read but not written; expected a name that ends with {ending}");

    public static FailedException NotFound(string path) =>
        new(Directory.Exists(path) ? $"{path}: found a folder, expected a file" : $"{path}: no such file");

    public static FailedException NoFolder(string path, string? folder) =>
        new($"{path}: the folder {folder} does not exist; create it first");

    public static FailedException IsFolder(string path) => new($"{path}: found a folder, expected the name of a file to write");

    public static FailedException NoImage(string file) =>
        new($"{file}: found no image to draw; tsmap info lists the HDUs of the file");

    public static FailedException NoSuchMap(string file, string wanted, string suggestion, IEnumerable<string> choices) =>
        new($"{file} has no {wanted}{suggestion}; choose one with --quantity or --hdu: {string.Join(", ", choices)}");

    public static FailedException NoEvents(string folder) =>
        new($"{folder}: found no hdu-index and no file with EVENTS, expected either");

    public static FailedException NoIndex(string file) =>
        new($"{file}: found no table with OBS_ID, HDU_TYPE and FILE_NAME, expected an index of event files, as its name says");

    public static FailedException SameObservation(string place, string id) =>
        new($"{place}: found a second observation {id}, expected each observation once");

    public static FailedException NoShares(int count) => new(
        $"--total-time: found nothing, and {count} event lists without responses; expected the good time of all event lists together in "
        + "seconds: exposure and backgrounds are those of all of them, and each takes the share of its time");

    public static FailedException NotReduced(IReadOnlyList<string> failures, int count) =>
        new(count == 1 ? failures[0] : $"{failures.Count} of {count} observations were not reduced; the warnings say why");

    public static FailedException NotAligned(string file) =>
        new($"{file} is not on the pixel grid of the first dataset; expected datasets on one pixel grid");

    public static FailedException NotOnSurvey() => new("the datasets are not on the survey's pixel grid");

    public static FailedException OutsideSurvey() => new("the datasets are outside the survey");

    public static FailedException UnknownObservation(string survey, string name, string nearest) =>
        new($"survey {survey} has no observation '{name}', did you mean '{nearest}'? tsmap observations lists all");

    public static FailedException SurveyDeleted(string store, string survey) => new($"{store}: the survey {survey} was just deleted");

    public static FailedException Of(string place, Exception reason) => new($"{place}: {reason.Message}");

    public static FailedException JobFailed(string? reason) => new(reason ?? "the job failed");

    public static FailedException StillComputing(string address) => new($"{address}: the map is still being computed; try again later");

    public static FailedException NoAnswer(string server, Exception reason) =>
        new($"{server} does not answer ({reason.Message}); is tsmap serve running there?");

    public static FailedException NoAnswer(string server, TimeSpan limit) =>
        new($"{server} did not answer within {limit.TotalMinutes:0} minutes");

    public static FailedException Answered(string address, string problem, HttpStatusCode status) =>
        new($"{address}: {problem}") { Status = status };
}
