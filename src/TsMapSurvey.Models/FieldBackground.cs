using TsMapSurvey.Sky;

namespace TsMapSurvey.Models;

/// <summary>gammapy's FoVBackgroundModel: what the background of a dataset is multiplied with.</summary>
/// <param name="Spectral">A norm model, read at the centres of the energy bins.</param>
/// <param name="Spatial">Its number per sr at the pixels' centres, without unit; null for 1.</param>
public sealed record FieldBackground(ISpectralModel Spectral, ISpatialModel? Spatial = null) : ModelComponent
{
    /// <summary>Of the spatial model.</summary>
    public SkyPosition Position { get; init; } = new(0, 0, SkyFrame.Icrs);

    public override bool NeedsFiles => Spatial is TemplateSource || Spectral.NeedsFiles;
}
