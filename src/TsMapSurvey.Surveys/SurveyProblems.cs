using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Surveys;

/// <summary>Every problem that a definition or an observation can have.</summary>
internal static class SurveyProblems
{
    public const string NoGrid = "tiling: found tiles that are cut of no one image, expected a tiling of the kind grid";

    private const int LongestShown = 80;

    public static string NotJson(JsonException bad) =>
        $"found no JSON (line {bad.LineNumber + 1}, character {bad.BytePositionInLine + 1}), expected one JSON object";

    public static string Wrong(string path, string found, string expected) => $"{path}: found {found}, expected {expected}";

    public static string Wrong(string path, JsonElement found, string expected) => Wrong(path, Shown(found), expected);

    public static string Missing(string path, string expected) => $"{path}: found nothing, expected {expected}";

    public static string Twice(string path) => $"{path}: found more than once, expected once";

    public static string Unknown(string path, string? meant, IEnumerable<string> known) =>
        Wrong(path, "an unknown property", meant is null ? $"one of {string.Join(", ", known)}" : $"'{meant}' (did you mean that?)");

    public static string NotYet(string path, string found) => $"{path}: found {found}, which is not there yet";

    public static string NotExpressed(string what, string found, string expected) => $"{what}: found {found}, expected {expected}";

    public static string Refused(string path, MapException bad) => $"{path}: {bad.Message}";

    public static string DifferentFiles(IEnumerable<string> files) =>
        $"like: found several files ({string.Join(", ", files)}), expected one file for tiling and axes";

    public static string NeedsLike(string file) => $"like: the definition takes its geometry from '{file}', which was not given";

    public static string LikeHasNo(string path, string file, string what) =>
        $"{path}: '{file}' has no {what}, expected a MapDataset that has one";

    public static string MissingMap(string map, string use) => $"{map}: found none, expected one: {use} needs it";

    public static string NoTime(int intervals) =>
        $"GTI: found {(intervals == 0 ? "no interval" : "an interval at no time that a night can have")}, expected the time of the observation: the survey has slices";

    public static string TileTooLarge(string found, string budget) =>
        $"tiling, axes and kernelWidthDeg: found a tile that takes {found} of memory with its halo, expected at most {budget} "
        + "(the server's setting Memory:TileBytes): smaller tiles, narrower kernels or fewer energy bins take less";

    public static string IrfsTooLarge(string found, string budget) =>
        $"PSF and EDISP: found IRF maps with which a tile takes {found} of memory, expected at most {budget}: "
        + "coarser IRF pixels or fewer bins take less";

    public static string NotTiled(string map, string problem) => $"{map}: {problem}";

    public static string OtherShape(string map, string found, string expected) => $"{map}: found {found}, expected {expected}";

    public static string OtherAxis(string map, MapAxis found, MapAxis expected) => $"{map}: found the axis {found}, expected {expected}";

    public static string BadValue(string map, double value, int count, string where, string expected) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{map}: found {value} ({count} bad value{(count == 1 ? "" : "s")}, the first at {where}), expected {expected}");

    public static string Shown(JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => $"a list of {element.GetArrayLength()}",
            JsonValueKind.String => $"'{element.GetString()}'",
            _ => element.GetRawText(),
        };
        return text.Length > LongestShown ? string.Concat(text.AsSpan(0, LongestShown), "...") : text;
    }
}
