using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models;

/// <summary>gammapy's TemplateNPredModel: a cube of predicted counts that is added to the prediction as it is, but for a norm.</summary>
/// <param name="Counts">On the pixels and energy bins of the dataset, or a part of its pixels.</param>
/// <param name="FileName">Where the cube is from, full path.</param>
/// <param name="Spectral">A norm model, read at the centres of the energy bins.</param>
/// <param name="Spatial">Its number per sr at the pixels' centres, without unit; null for 1.</param>
public sealed record CountsTemplate(Map<double> Counts, string FileName, ISpectralModel Spectral, ISpatialModel? Spatial = null)
    : ModelComponent
{
    /// <summary>Of the spatial model.</summary>
    public SkyPosition Position { get; init; } = new(0, 0, SkyFrame.Icrs);

    public override bool NeedsFiles => true;
}
