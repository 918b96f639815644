namespace TsMapSurvey.Maps.Irf;

/// <summary>
/// The energy dispersion on a grid of sky positions, in one of gammapy's two forms: an EDispKernelMap (axes energy,
/// energy_true: probability per reco bin) or an EDispMap (axes migra, energy_true: probability density in migra = E / E_true).
/// </summary>
/// <param name="Data">Pure numbers.</param>
/// <param name="Exposure">m² s on the squashed first axis and energy_true; weights of a stack. Null: can be fitted, not stacked.</param>
public sealed record EdispMap(Map<double> Data, Map<double>? Exposure)
{
    public bool IsKernel => Data.Geometry.FindAxis("migra") is null;

    /// <summary>energy (reco) or migra.</summary>
    public MapAxis First => Data.Geometry.Axes[0];

    public MapAxis EnergyTrue => Data.Geometry.Axis("energy_true");
}
