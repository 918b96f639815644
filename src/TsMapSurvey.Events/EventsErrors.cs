using TsMapSurvey.Maps;

namespace TsMapSurvey.Events;

/// <summary>
/// All exceptions of event lists, their responses and their reduction. Each message names the file and HDU, the column or keyword, what was
/// found and what was expected.
/// </summary>
public static class EventsErrors
{
    public static MapException MissingHdu(string file, string what, string expected, IEnumerable<string> found) =>
        new(MapError.MissingMap, $"{file}: found the HDUs {string.Join(", ", found)}, expected {what} ({expected})");

    public static MapException NoSuchHdu(string file, string name, string what) =>
        new(MapError.MissingMap, $"{file}: found no HDU '{name}', expected {what} there, as the index says");

    public static MapException NotATable(string place) =>
        new(MapError.UnsupportedLayout, $"{place}: found an image, expected a binary table");

    public static MapException MissingColumn(string place, string column, IEnumerable<string> found) =>
        new(MapError.UnsupportedLayout, $"{place}: found the columns {string.Join(", ", found)}, expected {column}");

    public static MapException MissingKeyword(string place, string keyword, string use) =>
        new(MapError.MissingMap, $"{place}: found no keyword {keyword}, expected {use}");

    public static MapException BadKeyword(string place, string keyword, object found, string expected) =>
        new(MapError.BadValues, FormattableString.Invariant($"{place}, keyword {keyword}: found {found}, expected {expected}"));

    public static MapException NoRow(string place) => new(MapError.BadValues, $"{place}: found no row, expected one row with a response");

    public static MapException BadAxis(string place, string columns, string problem) =>
        new(MapError.BadAxis, $"{place}, columns {columns}: {problem}");

    public static MapException BadShape(string place, string column, string found, string expected) =>
        new(MapError.BadAxis, $"{place}, column {column}: found {found}, expected {expected}");

    public static MapException BadValues(string place, string column, string found, string expected) =>
        new(MapError.BadValues, $"{place}, column {column}: found {found}, expected {expected}");

    public static MapException TooLarge(string place, string what, long found, long limit) =>
        new(MapError.BadValues, $"{place}: found {found} {what}, expected at most {limit}");

    public static MapException Unsupported(string place, string found, string expected) =>
        new(MapError.UnsupportedLayout, $"{place}: found {found}, expected {expected}");

    public static MapException LeavesRoot(string place, int row, string path) =>
        new(MapError.BadValues, $"{place}, row {row}: found the path '{path}', expected a relative path inside the folder of the data");

    public static MapException IsIndex(string file) => new(MapError.UnsupportedLayout,
        $"{file}: found an index of event files, expected an observation; 'tsmap put' with the index uploads the files that it names, "
        + "each with its responses");

    public static MapException NoObservation(string place, long observation) =>
        new(MapError.MissingMap, $"{place}: found no HDU of observation {observation}, expected its EVENTS and responses");

    public static MapException NoBackgroundNorm(string place, double counts, double background) =>
        new(MapError.BadValues, FormattableString.Invariant(
            $"{place}: found {counts} events and {background:g6} expected background events in the safe range outside the exclusion mask, ")
            + "expected more than none of both, to scale the background");

    public static MapException NoSafeRange(string place, string method, string problem) =>
        new(MapError.BadValues, $"{place}: found {problem}, so the safe mask '{method}' leaves no energy; choose another");

    public static MapException EnergiesOutside(string place, double lowTeV, double highTeV, double energyTeV, string whose) =>
        new(MapError.BadAxis, FormattableString.Invariant(
            $"{place}: found energies from {lowTeV:g6} to {highTeV:g6} TeV, expected energies around {energyTeV:g6} TeV, one of {whose}"));

    public static MapException NotGiven(string place, string what) => new(MapError.MissingMap,
        $"{place}: found an event list without responses and no {what}, expected exposure, backgrounds and PSF to be given");

    public static MapException TooMuchTime(string place, double foundS, double totalS) =>
        new(MapError.BadValues, FormattableString.Invariant(
            $"{place}: found {foundS} s of good time, expected at most totalTimeS of the given maps, {totalS} s: the maps are those of ")
            + "all event files together, and each file takes the share of its time");

    public static MapException BadOption(string option, double found, string expected) =>
        new(MapError.BadOption, FormattableString.Invariant($"{option}: found {found}, expected {expected}"));
}
