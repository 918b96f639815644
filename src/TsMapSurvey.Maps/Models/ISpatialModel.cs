namespace TsMapSurvey.Maps.Models;

/// <summary>The shape of a source, normalised to one over the sphere: a point, an <see cref="ISourceShape"/>, or a <see cref="TemplateSource"/>.</summary>
public interface ISpatialModel
{
    /// <summary>Beyond this separation the source is taken as dark; 0 for a point.</summary>
    double EvaluationRadiusDeg { get; }

    /// <summary>Steps finer than this resolve the shape; null where one value per pixel is right.</summary>
    double? BinSizeDeg { get; }
}
