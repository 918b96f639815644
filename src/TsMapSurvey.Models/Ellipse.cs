namespace TsMapSurvey.Models;

/// <summary>
/// An ellipse on the sky. An elongated shape is evaluated as a round one with the radius that the ellipse has in the direction of the
/// evaluated point (gammapy's compute_sigma_eff).
/// </summary>
/// <param name="MajorDeg">Semi-major axis.</param>
/// <param name="Eccentricity">From 0 inclusive to 1 exclusive.</param>
/// <param name="PhiDeg">Position angle of the major axis, from north through east.</param>
internal readonly record struct Ellipse(double MajorDeg, double Eccentricity, double PhiDeg)
{
    private readonly double _sinPhi = Math.Sin(double.DegreesToRadians(PhiDeg));

    private readonly double _cosPhi = Math.Cos(double.DegreesToRadians(PhiDeg));

    public double MinorDeg { get; } = MajorDeg * Math.Sqrt(1 - Eccentricity * Eccentricity);

    /// <summary>The ellipse's radius in the direction of an offset; the minor axis for the centre, which has no direction.</summary>
    public double RadiusDeg(double eastDeg, double northDeg, double separationDeg)
    {
        if (Eccentricity == 0) return MajorDeg;
        if (separationDeg == 0) return MinorDeg;
        var along = eastDeg * _sinPhi + northDeg * _cosPhi;
        var across = eastDeg * _cosPhi - northDeg * _sinPhi;
        var (a, b) = (MajorDeg * across, MinorDeg * along);
        return separationDeg * MajorDeg * MinorDeg / Math.Sqrt(a * a + b * b);
    }
}
