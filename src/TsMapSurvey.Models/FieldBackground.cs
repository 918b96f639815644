using TsMapSurvey.Sky;

namespace TsMapSurvey.Models;

/// <summary>gammapy's FoVBackgroundModel: factors for the background of a dataset.</summary>
/// <param name="Spectral">A norm model, evaluated at the centres of the energy bins.</param>
/// <param name="Spatial">Its values per sr at the pixels' centres are used as dimensionless factors; null for 1.</param>
public sealed record FieldBackground(ISpectralModel Spectral, ISpatialModel? Spatial = null) : ModelComponent
{
    /// <summary>Position of the spatial model.</summary>
    public SkyPosition Position { get; init; } = new(0, 0, SkyFrame.Icrs);

    public override bool NeedsFiles => Spatial is TemplateSource || Spectral.NeedsFiles;
}
