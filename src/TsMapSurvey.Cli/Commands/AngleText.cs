using System.Globalization;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Reads one coordinate in the usual spellings: 83.63, 83.63d, 05h34m31.9s, -39d45m, 05:34:31.9, 05 34 31.9.</summary>
internal static partial class AngleText
{
    private const double DegreesPerHour = 15;

    /// <summary>
    /// The coordinate in degrees; null if the text is none. A bare number is in degrees. Colons and blanks separate hours, minutes and
    /// seconds in a right ascension, and degrees, arc minutes and arc seconds elsewhere, like astropy's SkyCoord with
    /// <c>unit=("hourangle", "deg")</c>.
    /// </summary>
    public static double? Degrees(string text, bool isRightAscension)
    {
        text = text.Trim().Replace('−', '-');
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain))
            return double.IsFinite(plain) ? plain : null;
        if (Sexagesimal().Match(text) is not { Success: true } match) return null;
        var (first, minutes, seconds) = (Number(match, "first"), Number(match, "minute"), Number(match, "second"));
        if (minutes >= 60 || seconds >= 60) return null;
        // Only the last part may have a fraction.
        if (match.Groups["minute"].Success && first != Math.Floor(first)) return null;
        if (match.Groups["second"].Success && minutes != Math.Floor(minutes)) return null;
        var unit = match.Groups["unit"].Value.ToLowerInvariant();
        var isHours = unit == "h" || (unit is ":" or "" && isRightAscension);
        if (isHours && !isRightAscension) return null;
        var value = (first + minutes / 60 + seconds / 3600) * (isHours ? DegreesPerHour : 1);
        return match.Groups["sign"].Value == "-" ? -value : value;
    }

    private static double Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? double.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        """^(?<sign>[+-]?)\s*(?<first>\d+(\.\d+)?)\s*(?<unit>h|deg|d|°|:|(?<=\s))\s*((?<minute>\d+(\.\d+)?)\s*(m|'|′|:|(?<=\s)|$)\s*((?<second>\d+(\.\d+)?)\s*(s|"|″|'')?)?)?$""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Sexagesimal();
}
