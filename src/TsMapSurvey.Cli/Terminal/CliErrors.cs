using System.Net;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>
/// Every failure that commands find by themselves, with found and expected: of the command line (exit 2), or of what it asks for (exit 1).
/// </summary>
internal static class CliErrors
{
    public static UsageException Usage(params IReadOnlyList<string> problems) => new(problems);

    public static UsageException Wrong(string option, string found, string expected) =>
        Usage($"{option}: found {found}, expected {expected}");

    public static UsageException Refused(string option, Exception reason) => Usage($"{option}: {reason.Message}");

    public static UsageException NotTogether(string option, string reason) => Usage($"{option}: {reason}");

    public static UsageException NoPosition(string text) =>
        Usage($"--at: found '{text}', expected degrees as \"83.63,22.01\" or \"l=184.56,b=-5.78\", "
            + "or hours and degrees as \"05h34m31s +22d01m\" or \"05:34:31 +22:00:52\"");

    public static UsageException BadAddress(string variable, string found, string example) =>
        Usage($"--server, or the environment's {variable}: found '{found}', expected an address as {example}");

    public static UsageException NoSurveyYet(string address) =>
        Usage($"{address} has no survey yet; start it with tsmap serve --survey FILE");

    public static UsageException SeveralSurveys(IEnumerable<string> names) => Usage($"--survey: choose one of {string.Join(", ", names)}");

    public static UsageException UnknownSurvey(string found, string store, IEnumerable<string> names, string meant) =>
        Usage($"--survey: found '{found}', {store} has {string.Join(", ", names)}{meant}");

    public static UsageException NoStore(string folder, string near, string howToMake) =>
        Usage($"--store: there is no folder {folder}{near}; {howToMake}");

    public static UsageException NoSurvey(string store, string howToMake) => Usage($"--store: {store} has no survey; {howToMake}");

    public static UsageException NoSuchHdu(int found, string file, int count) =>
        Usage($"--hdu: found {found}, {file} has 0 to {count - 1}");

    public static UsageException NoSuchPlane(string option, int found, string place, int count) =>
        Usage($"{option}: found {found}, {place} has {(count == 1 ? "one plane, 0" : $"planes 0 to {count - 1}")}");

    public static UsageException UnknownQuantity(string found, string expected) =>
        Usage($"--quantity: '{found}' is none that is known; {expected}");

    public static UsageException Compressed(string path, string ending) =>
        Usage($"{path}: tile-compressed files (.fz) are read, not written; expected another name, as one that ends in {ending}");

    public static FailedException NotFound(string path) =>
        new(Directory.Exists(path) ? $"{path}: this is a folder, expected a file" : $"{path}: no such file");

    public static FailedException NoFolder(string path, string? folder) =>
        new($"{path}: the folder {folder} does not exist; create it first");

    public static FailedException IsFolder(string path) => new($"{path} is a folder, expected a file to write");

    public static FailedException NoImage(string file) =>
        new($"{file}: found no image, expected one to draw; tsmap info lists what there is");

    public static FailedException NoSuchMap(string file, string wanted, string near, IEnumerable<string> choices) =>
        new($"{file} has no {wanted}{near}; choose with --quantity or --hdu among {string.Join(", ", choices)}");

    public static FailedException NotAligned(string file) =>
        new($"{file} is not on the pixel grid of the first dataset; name the wanted grid with --geometry-of");

    public static FailedException NotOnSurvey() => new("the datasets are not on the survey's pixel grid");

    public static FailedException OutsideSurvey() => new("the datasets are outside the survey");

    public static FailedException UnknownObservation(string survey, string name, string meant) =>
        new($"survey {survey} has no observation '{name}', did you mean '{meant}'? tsmap observations lists all");

    public static FailedException SurveyGone(string store, string survey) => new($"{store} has no survey {survey} any more");

    public static FailedException Of(string place, Exception reason) => new($"{place}: {reason.Message}");

    public static FailedException JobFailed(string? reason) => new(reason ?? "the job failed");

    public static FailedException StillComputing(string address) => new($"{address}: still being computed; try again later");

    public static FailedException NoAnswer(string server, Exception reason) =>
        new($"{server} does not answer ({reason.Message}); is tsmap serve running there?");

    public static FailedException NoAnswer(string server, TimeSpan limit) =>
        new($"{server} does not answer within {limit.TotalMinutes:0} minutes");

    public static FailedException Answered(string address, string told, HttpStatusCode status) =>
        new($"{address}: {told}") { Status = status };
}
