namespace TsMapSurvey.Models;

/// <summary>
/// An ellipse on the sky: an elongated shape is a round one whose radius is the ellipse's in the direction of the point looked at
/// (gammapy's compute_sigma_eff).
/// </summary>
/// <param name="MajorDeg">Semi-major axis.</param>
/// <param name="Eccentricity">0 up to, not including, 1.</param>
/// <param name="PhiDeg">Position angle of the major axis, from north through east.</param>
internal readonly record struct Ellipse(double MajorDeg, double Eccentricity, double PhiDeg)
{
    private readonly double _sinPhi = Math.Sin(double.DegreesToRadians(PhiDeg));

    private readonly double _cosPhi = Math.Cos(double.DegreesToRadians(PhiDeg));

    public double MinorDeg { get; } = MajorDeg * Math.Sqrt(1 - Eccentricity * Eccentricity);

    /// <summary>
    /// The ellipse's radius towards a point at that offset and separation. At the centre itself any value serves; it is the minor axis.
    /// </summary>
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
