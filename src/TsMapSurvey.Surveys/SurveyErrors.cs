using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Surveys;

/// <summary>
/// All errors of this library: unknown names, and problems of definitions and observations, which are collected and thrown together.
/// </summary>
public static class SurveyErrors
{
    internal const string NoGrid = "tiling: found tiles that are not cutouts of one image, expected a tiling of the kind grid";

    internal const string NoEvents = "events: found an event list (DL3) and nothing in survey.json that says how to reduce it, expected "
        + "'\"events\": {}' there, which has the usual safe mask and background, or MapDataset files";

    private const int MaxShownLength = 80;

    public static SurveyException UnknownSurvey(string survey, IReadOnlyCollection<string> known) => new(
        NameKind.Survey,
        $"there is no survey '{MessageText.Of(survey)}', expected {(known.Count == 0 ? "a survey to be created first" : OneOf(known))}");

    /// <param name="names">Describes the existing names.</param>
    public static SurveyException UnknownTile(string tile, string names) =>
        new(NameKind.Tile, $"there is no tile '{MessageText.Of(tile)}', expected {names}");

    public static SurveyException UnknownMap(string map, IEnumerable<string> known) =>
        new(NameKind.Map, $"there is no map '{MessageText.Of(map)}', expected {OneOf(known)}");

    public static SurveyException UnknownSlice(string slice, IEnumerable<string> known) => new(
        NameKind.Slice, $"there is no slice '{MessageText.Of(slice)}', expected {OneOf(known)}; to add a slice, add it to 'slices' "
            + "in survey.json and restart the servers with that definition");

    public static SurveyException UnknownQuantity(string quantity, IEnumerable<string> known) =>
        new(NameKind.Quantity, $"there is no quantity '{MessageText.Of(quantity)}', expected {OneOf(known)}");

    public static SurveyException UnknownLayer(string layer, IEnumerable<string> known) =>
        new(NameKind.Layer, $"there is no layer '{MessageText.Of(layer)}', expected {OneOf(known)}");

    public static SurveyException UnknownObservation(string survey, string name) =>
        new(NameKind.Observation, $"survey {MessageText.Of(survey)} has no observation '{MessageText.Of(name)}'");

    public static SurveyException UnknownJob(string job) =>
        new(
            NameKind.Job,
            $"there is no job '{MessageText.Of(job)}': it never existed, or it was deleted as nobody requested it for some time");

    internal static SurveyException Of(string subject, IReadOnlyList<string> problems) => new(subject, problems);

    internal static string NotJson(JsonException exception) =>
        $"found invalid JSON (line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1}), expected one JSON object";

    internal static string Wrong(string path, string found, string expected) => $"{path}: found {found}, expected {expected}";

    internal static string Wrong(string path, JsonElement found, string expected) => Wrong(path, Shown(found), expected);

    internal static string Missing(string path, string expected) => $"{path}: found nothing, expected {expected}";

    internal static string Duplicate(string path) => $"{path}: found the property more than once, expected it once";

    internal static string Unknown(string path, string? meant, IEnumerable<string> known) =>
        Wrong(path, "an unknown property", meant is null ? $"one of {string.Join(", ", known)}" : $"'{meant}' (did you mean this?)");

    internal static string NotExpressible(string what, string found, string expected) => $"{what}: found {found}, expected {expected}";

    internal static string Refused(string path, MapException exception) => $"{path}: {exception.Message}";

    internal static string DifferentFiles(IEnumerable<string> files) =>
        $"like: found several files ({string.Join(", ", files)}), expected one file for tiling and axes";

    internal static string NeedsLike(string file) => $"like: the definition uses the geometry of '{file}', but the file was not given";

    internal static string OutsideSky(SkyPosition pointing, double radiusDeg) => FormattableString.Invariant(
        $"EVENTS: found a field of {radiusDeg} degrees around {pointing}, expected one that overlaps with the survey");

    internal static string NeedsExclusion(string file) =>
        $"events.exclusion: the definition has the exclusion mask '{file}', but the file was not given";

    internal const string GivenOutside =
        "events.given.exposure: found an exposure outside of the survey, expected one that overlaps with it";

    internal static string NeedsGiven(string files) =>
        $"events.given: the definition has the maps {files}, but the files were not given";

    internal static string SecondEventList(string first) => $"events.given.totalTimeS: found nothing, and '{MessageText.Of(first)}' "
        + "as the survey's first observation; expected the good time of all event lists together, or only one event list: exposure and "
        + "backgrounds are those of all of them, and each takes the share of its time";

    internal static string LikeHasNo(string path, string file, string what) =>
        $"{path}: '{file}' has no {what}, expected a MapDataset with one";

    internal static string MissingMap(string map, string use) => $"{map}: found no such map, expected one: {use} needs it";

    internal static string NoTime(int intervals) =>
        $"GTI: found {(intervals == 0 ? "no interval" : "an interval with an invalid time")}, expected the time of the observation, which "
        + "a survey with slices needs";

    internal static string TileTooLarge(string found, string budget) =>
        $"tiling, axes and kernelWidthDeg: found a tile that needs {found} of memory with its halo, expected at most {budget} "
        + "(the server's setting Memory:TileBytes); use smaller tiles, narrower kernels or fewer energy bins";

    internal static string IrfsTooLarge(string found, string budget) =>
        $"PSF and EDISP: found IRF maps with which a tile needs {found} of memory, expected at most {budget}; "
        + "use larger IRF pixels or fewer bins";

    internal static string NotTiled(string map, string problem) => $"{map}: {problem}";

    internal static string NeedsResampling(string problem) =>
        $"{problem}; to have it resampled, add \"resample\": true to survey.json";

    internal static string OutsideTiles(SkyGrid found) =>
        $"found {found.Width} x {found.Height} pixels around {found.Centre}, expected an image that overlaps with the survey";

    internal static string OtherShape(string map, string found, string expected) => $"{map}: found {found}, expected {expected}";

    internal static string OtherAxis(string map, MapAxis found, MapAxis expected) => $"{map}: found the axis {found}, expected {expected}";

    internal static string InvalidValue(string map, double value, int count, string where, string expected) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{map}: found {value} ({count} invalid value{(count == 1 ? "" : "s")}, the first at {where}), expected {expected}");

    internal static string Shown(JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => $"a list of {element.GetArrayLength()}",
            JsonValueKind.String => $"'{element.GetString()}'",
            _ => element.GetRawText(),
        };
        return text.Length > MaxShownLength ? string.Concat(text.AsSpan(0, MaxShownLength), "...") : text;
    }

    private static string OneOf(IEnumerable<string> known) => $"one of {string.Join(", ", known)}";
}
