namespace TsMapSurvey.Models;

/// <summary>
/// The shape of a source: a point, an <see cref="ISourceShape"/> (both normalised to one over the sphere), a <see
/// cref="TemplateSource"/>, or a model that covers the whole sky.
/// </summary>
public interface ISpatialModel
{
    /// <summary>The brightness beyond this separation is taken as zero; 0 for a point, infinity for a whole-sky model.</summary>
    double EvaluationRadiusDeg { get; }

    /// <summary>Sub-pixels of at most this size resolve the shape; null if one value per pixel is enough.</summary>
    double? BinSizeDeg { get; }

    /// <summary>
    /// Whether the model covers the whole sky and has no position. It is evaluated in every pixel, with the IRFs at the centre of their
    /// maps.
    /// </summary>
    bool IsEverywhere => false;

    /// <summary>Whether the shape changes with true energy.</summary>
    bool DependsOnEnergy => false;

    /// <summary>
    /// Whether the values are a flux in cm⁻² s⁻¹ TeV⁻¹ sr⁻¹, so that the spectral model is dimensionless; otherwise they are in sr⁻¹.
    /// </summary>
    bool IsFlux => false;
}
