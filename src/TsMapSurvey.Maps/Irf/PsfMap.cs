namespace TsMapSurvey.Maps.Irf;

/// <summary>
/// The point spread function on a grid of sky positions. Axes of the density: rad (deg) and energy_true (TeV), or energy
/// where the PSF is given in reconstructed energy (gammapy's RecoPSFMap).
/// </summary>
/// <param name="Density">Probability per solid angle, sr⁻¹.</param>
/// <param name="Exposure">m² s on the squashed rad axis and the energy axis; weights of a stack. Null: can be fitted, not stacked.</param>
public sealed record PsfMap(Map<double> Density, Map<double>? Exposure)
{
    public MapAxis Rad => Density.Geometry.Axis("rad");

    public MapAxis Energy => Density.Geometry.FindAxis("energy_true") ?? Density.Geometry.Axis("energy");

    public bool IsReco => Density.Geometry.FindAxis("energy_true") is null;
}
