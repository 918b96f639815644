namespace TsMapSurvey.Models;

/// <summary>A shape around a centre, defined by a formula.</summary>
public interface ISourceShape : ISpatialModel
{
    /// <summary>
    /// Probability density in sr⁻¹ at separation r and position angle p from the centre, where east = r sin p and north = r cos p, in
    /// degrees.
    /// </summary>
    double DensityPerSr(double eastDeg, double northDeg);
}
