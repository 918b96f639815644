namespace TsMapSurvey.Sky.Projections;

/// <summary>The rim of an all-sky image, where the native longitude is -180 or 180, and its poles, where all longitudes coincide.</summary>
internal static class Rim
{
    /// <summary>As in wcslib's prjbchk: by rounding, a point on the rim may appear outside it.</summary>
    internal const double ToleranceDeg = 1e-13;

    /// <summary>The native longitude of a plane point. Returns false, and NaN, outside the rim.</summary>
    /// <param name="degree">The length of one degree of longitude at the point's y.</param>
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
