using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models;

/// <summary>gammapy's TemplateNPredModel: a cube of predicted counts, multiplied by norms and added to the prediction.</summary>
/// <param name="Counts">Predicted counts on the dataset's energy bins, for all of its pixels or a part of them.</param>
/// <param name="FileName">Full path of the cube's file.</param>
/// <param name="Spectral">A norm model, evaluated at the centres of the energy bins.</param>
/// <param name="Spatial">Its values per sr at the pixels' centres multiply the counts as dimensionless numbers; null for 1.</param>
public sealed record CountsTemplate(Map<double> Counts, string FileName, ISpectralModel Spectral, ISpatialModel? Spatial = null)
    : ModelComponent
{
    /// <summary>Position of the spatial model.</summary>
    public SkyPosition Position { get; init; } = new(0, 0, SkyFrame.Icrs);

    public override bool NeedsFiles => true;
}
