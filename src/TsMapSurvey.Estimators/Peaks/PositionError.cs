namespace TsMapSurvey.Estimators.Peaks;

/// <summary>
/// The region that contains the source with a probability of 68.27 %: an ellipse, and the circle of the same area, as in catalogues (4FGL:
/// Abdollahi et al. 2020, ApJS 247, 33). All values are NaN if it is unknown.
/// <para>
/// In this region TS is less than 2.30 below its maximum. With the norm fitted in every pixel, TS_max - TS(θ) at the true position θ has a
/// χ² distribution with two degrees of freedom (Wilks 1938; Lampton, Margon and Bowyer 1976, ApJ 208, 177, table 1), whose 68.27 %
/// quantile is -2 ln(1 - 0.6827) = 2.2957. For TS = TS_max - ½ δᵀ H δ the region is an ellipse with the semi-axes √(2 · 2.2957 / λ), where
/// λ are the eigenvalues of H.
/// </para>
/// </summary>
/// <param name="RadiusDeg">√(semi-major · semi-minor).</param>
/// <param name="PositionAngleDeg">Position angle of the major axis, in ICRS from north through east, in [0, 180).</param>
public readonly record struct PositionError(double RadiusDeg, double SemiMajorDeg, double SemiMinorDeg, double PositionAngleDeg)
{
    /// <summary>-2 ln(1 - erf(1/√2)).</summary>
    internal const double DeltaTs = 2.2957489288986364;

    public static PositionError Unknown { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Creates the error from the inverse of H, in degrees² towards east and north.</summary>
    internal static PositionError Of(double east, double eastNorth, double north)
    {
        var (mean, half) = ((east + north) / 2, (east - north) / 2);
        var spread = Math.Sqrt(half * half + eastNorth * eastNorth);
        var (major, minor) = (Math.Sqrt(2 * DeltaTs * (mean + spread)), Math.Sqrt(2 * DeltaTs * Math.Max(mean - spread, 0)));
        // The axis from north: tan 2φ = 2 V_en / (V_nn - V_ee).
        var angle = double.RadiansToDegrees(Math.Atan2(2 * eastNorth, north - east)) / 2;
        return new PositionError(Math.Sqrt(major * minor), major, minor, angle < 0 ? angle + 180 : angle);
    }
}
