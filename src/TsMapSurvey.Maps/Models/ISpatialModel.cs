namespace TsMapSurvey.Maps.Models;

/// <summary>The shape of a source around its centre, radially symmetric; normalised to one over the sphere.</summary>
public interface ISpatialModel
{
    /// <summary>Beyond this separation the source is taken as dark; 0 for a point.</summary>
    double EvaluationRadiusDeg { get; }

    /// <summary>Steps finer than this resolve the shape; null where one value per pixel is right.</summary>
    double? BinSizeDeg { get; }

    /// <summary>Probability per solid angle, sr⁻¹, at a separation from the centre. Not called for a point.</summary>
    double DensityPerSr(double separationDeg);
}
