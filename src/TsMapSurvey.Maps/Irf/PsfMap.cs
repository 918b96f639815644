namespace TsMapSurvey.Maps.Irf;

/// <summary>
/// The point spread function on a grid of sky positions. Axes: rad (deg) and energy_true (TeV), or energy for a PSF in reconstructed energy
/// (gammapy's RecoPSFMap).
/// </summary>
/// <param name="Density">Probability per solid angle, sr⁻¹.</param>
/// <param name="Exposure">Weights for stacking in m² s, with one bin on the rad axis. If null, the map can be fitted but not
/// stacked.</param>
public sealed record PsfMap(Map<double> Density, Map<double>? Exposure)
{
    public MapAxis Rad => Density.Geometry.Axis("rad");

    public MapAxis Energy => Density.Geometry.FindAxis("energy_true") ?? Density.Geometry.Axis("energy");

    public bool IsReco => Density.Geometry.FindAxis("energy_true") is null;
}
