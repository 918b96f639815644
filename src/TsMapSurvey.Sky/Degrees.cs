namespace TsMapSurvey.Sky;

/// <summary>
/// Trigonometry in degrees that is exact at multiples of 90 degrees. FITS headers need this: CRVAL2 = 0 must give a native pole at exactly
/// 90 degrees, otherwise an upright projection would be treated as an oblique one.
/// </summary>
internal static class Degrees
{
    internal const double PerRadian = 180 / Math.PI;

    internal static (double Sin, double Cos) SinCos(double degrees)
    {
        var quarters = degrees / 90;
        if (quarters == Math.Floor(quarters) && Math.Abs(quarters) < 1e15)
            return (((long)quarters % 4 + 4) % 4) switch { 0 => (0, 1), 1 => (1, 0), 2 => (0, -1), _ => (-1, 0) };
        return Math.SinCos(degrees / PerRadian);
    }

    internal static double Sin(double degrees) => SinCos(degrees).Sin;

    internal static double Cos(double degrees) => SinCos(degrees).Cos;

    internal static double Acos(double cosine) => cosine switch
    {
        1 => 0,
        0 => 90,
        -1 => 180,
        _ => Math.Acos(cosine) * PerRadian,
    };

    internal static double Atan2(double y, double x)
    {
        if (y == 0 && !double.IsNaN(x)) return x >= 0 ? 0 : double.IsNegative(y) ? -180 : 180;
        if (x == 0) return y > 0 ? 90 : -90;
        return Math.Atan2(y, x) * PerRadian;
    }

    /// <summary>The same direction in [0, 360).</summary>
    internal static double Wrap360(double degrees)
    {
        if (degrees is >= 0 and < 360) return degrees;
        var wrapped = degrees - 360 * Math.Floor(degrees / 360);
        return wrapped >= 360 ? 0 : wrapped;
    }

    /// <summary>The same direction in [-180, 180]. Both -180 and 180 are returned unchanged, as in wcslib.</summary>
    internal static double Wrap180(double degrees) =>
        degrees is >= -180 and <= 180 ? degrees : Math.IEEERemainder(degrees, 360);
}
