namespace TsMapSurvey.Models;

/// <summary>
/// The shape of a source: a point, an <see cref="ISourceShape"/> (both normalised to one over the sphere), a <see
/// cref="TemplateSource"/>, or one that is everywhere.
/// </summary>
public interface ISpatialModel
{
    /// <summary>Beyond this separation the source is taken as dark; 0 for a point, infinity for a shape that is everywhere.</summary>
    double EvaluationRadiusDeg { get; }

    /// <summary>Steps finer than this resolve the shape; null where one value per pixel is right.</summary>
    double? BinSizeDeg { get; }

    /// <summary>
    /// Whether the model has no position: it is evaluated in every pixel, and IRFs are read at the centre of their maps.
    /// </summary>
    bool IsEverywhere => false;

    /// <summary>Whether the shape changes with true energy.</summary>
    bool DependsOnEnergy => false;

    /// <summary>
    /// Whether its values are a flux, cm⁻² s⁻¹ TeV⁻¹ sr⁻¹, so that the spectrum beside it is a pure number; else they are per sr.
    /// </summary>
    bool IsFlux => false;
}
