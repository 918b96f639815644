using System.Globalization;

namespace TsMapSurvey.Sky.Regions;

/// <summary>
/// The shapes of DALI 1.1, section 3.3: <c>CIRCLE lon lat radius</c>, <c>RANGE lon1 lon2 lat1 lat2</c>, <c>POLYGON lon1 lat1 ...</c>, in
/// degrees, ICRS.
/// </summary>
public static class RegionText
{
    private const int LongestText = 64 * PolygonRegion.MostCorners;

    /// <summary>The value of the parameter POS.</summary>
    /// <exception cref="SkyException">The text is not a shape.</exception>
    public static SkyRegion Parse(string text)
    {
        var parts = text.Length > LongestText ? [] : text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 ? Parse(parts[0], parts[1])
            : throw SkyErrors.BadShape("POS", text, "CIRCLE, RANGE or POLYGON and its numbers");
    }

    /// <summary>The value of the parameters CIRCLE, RANGE and POLYGON, which is only the numbers.</summary>
    /// <exception cref="SkyException">The text is not such a shape.</exception>
    public static SkyRegion Parse(string shape, string numbers)
    {
        var values = Numbers(shape, numbers);
        return (shape.ToUpperInvariant(), values.Length) switch
        {
            ("CIRCLE", 3) => new CircleRegion(Position(shape, values[0], values[1]), values[2]),
            ("RANGE", 4) => new RangeRegion(values[0], values[1], values[2], values[3]),
            ("POLYGON", >= 6) when values.Length % 2 == 0 => new PolygonRegion(
                [.. Enumerable.Range(0, values.Length / 2).Select(i => Position(shape, values[2 * i], values[2 * i + 1]))]),
            ("CIRCLE" or "RANGE" or "POLYGON", var count) => throw SkyErrors.BadShape(shape, $"{count} numbers",
                "3 for CIRCLE, 4 for RANGE, an even number of at least 6 for POLYGON"),
            _ => throw SkyErrors.BadShape("POS", shape, "CIRCLE, RANGE or POLYGON"),
        };
    }

    private static double[] Numbers(string shape, string text)
    {
        if (text.Length > LongestText) throw SkyErrors.BadShape(shape, $"{text.Length} characters", $"at most {LongestText}");
        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(part => Number(shape, part))];
    }

    // DALI writes infinite ends of intervals as -Inf and +Inf.
    private static double Number(string shape, string text) => text.ToUpperInvariant() switch
    {
        "-INF" => double.NegativeInfinity,
        "INF" or "+INF" => double.PositiveInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value : throw SkyErrors.BadShape(shape, text, "a number"),
    };

    private static SkyPosition Position(string shape, double lonDeg, double latDeg) =>
        lonDeg is >= -360 and <= 360 && latDeg is >= -90 and <= 90
            ? new SkyPosition(Degrees.Wrap360(lonDeg), latDeg, SkyFrame.Icrs)
            : throw SkyErrors.BadShape(shape, FormattableString.Invariant($"{lonDeg} {latDeg}"), "a position in degrees, ICRS");
}
