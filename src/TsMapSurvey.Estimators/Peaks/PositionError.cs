namespace TsMapSurvey.Estimators.Peaks;

/// <summary>
/// Where a source is with a probability of 68.27 %: an ellipse, and the circle of the same area, as catalogues give it (4FGL: Abdollahi et
/// al. 2020, ApJS 247, 33). All NaN where it is not known.
/// <para>
/// The true position θ lies where TS is less than 2.30 below its maximum: with the norm fitted in every pixel, TS_max - TS(θ) is
/// distributed as χ² of two degrees of freedom (Wilks 1938; Lampton, Margon and Bowyer 1976, ApJ 208, 177, table 1), whose 68.27 % point
/// is -2 ln(1 - 0.6827) = 2.2957. Where TS is TS_max - ½ δᵀ H δ, that is an ellipse with the semi-axes √(2 · 2.2957 / λ), λ the
/// eigenvalues of H.
/// </para>
/// </summary>
/// <param name="RadiusDeg">√(semi-major · semi-minor).</param>
/// <param name="PositionAngleDeg">Of the major axis, in ICRS from north through east, in [0, 180).</param>
public readonly record struct PositionError(double RadiusDeg, double SemiMajorDeg, double SemiMinorDeg, double PositionAngleDeg)
{
    /// <summary>-2 ln(1 - erf(1/√2)).</summary>
    internal const double DeltaTs = 2.2957489288986364;

    public static PositionError Unknown { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>From the inverse of H in degrees² towards east and north.</summary>
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
