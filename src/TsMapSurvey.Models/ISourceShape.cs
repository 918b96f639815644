namespace TsMapSurvey.Models;

/// <summary>A shape around a centre, given by a formula.</summary>
public interface ISourceShape : ISpatialModel
{
    /// <summary>
    /// Probability per solid angle, sr⁻¹, of the direction at separation r and position angle p from the centre, where east = r sin p and
    /// north = r cos p, in degrees.
    /// </summary>
    double DensityPerSr(double eastDeg, double northDeg);
}
