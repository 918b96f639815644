namespace TsMapSurvey.Sky.Projections;

/// <summary>
/// The rim of an all-sky image, where the native longitude is -180 or 180, and its poles, where all longitudes are one point.
/// </summary>
internal static class Rim
{
    /// <summary>Of wcslib's prjbchk: what lies on the rim may miss it by rounding.</summary>
    internal const double ToleranceDeg = 1e-13;

    /// <summary>
    /// The native longitude of a plane point: its x divided by the length of one degree of longitude in the point's row. False, and NaN,
    /// beyond the rim.
    /// </summary>
    internal static bool TryLongitude(double x, double degree, out double phiDeg)
    {
        if (Math.Abs(x) <= 180 * degree + ToleranceDeg)
        {
            phiDeg = degree == 0 ? 0 : Math.Clamp(x / degree, -180, 180);
            return true;
        }

        phiDeg = double.NaN;
        return false;
    }
}
