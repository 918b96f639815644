namespace TsMapSurvey.Maps.Irf;

/// <summary>
/// The energy dispersion on a grid of sky positions, in one of gammapy's two forms: an EDispKernelMap (axes energy and energy_true:
/// probability per bin of reconstructed energy) or an EDispMap (axes migra and energy_true: probability density in migra = E / E_true).
/// </summary>
/// <param name="Data">Dimensionless values.</param>
/// <param name="Exposure">Weights for stacking in m² s, with one bin on the first axis. If null, the map can be fitted but not stacked.
/// </param>
public sealed record EdispMap(Map<double> Data, Map<double>? Exposure)
{
    public bool IsKernel => Data.Geometry.FindAxis("migra") is null;

    /// <summary>The axis of reconstructed energy, or migra.</summary>
    public MapAxis First => Data.Geometry.Axes[0];

    public MapAxis EnergyTrue => Data.Geometry.Axis("energy_true");
}
