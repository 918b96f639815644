using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>The shape of the datasets that observations are reduced to.</summary>
/// <param name="Image">The image of counts, background, exposure and mask.</param>
/// <param name="Energy">Reconstructed energy, in edges.</param>
/// <param name="EnergyTrue">True energy of exposure, PSF and energy dispersion.</param>
/// <param name="Psf">The geometry of the PSF map, axes rad and energy_true; null for none.</param>
/// <param name="Edisp">The geometry of the energy dispersion, axes energy (a kernel map) or migra, and energy_true; null for none.</param>
public sealed record ReductionTarget(SkyGrid Image, MapAxis Energy, MapAxis EnergyTrue, MapGeometry? Psf, MapGeometry? Edisp)
{
    /// <summary>The width of response pixels in degrees: responses change little over the distance. Fewer pixels take less
    /// memory.</summary>
    public const double ResponsePixelDeg = 0.5;

    private const int RadBins = 66;

    /// <summary>gammapy's default axis: 66 bins of 0.01 degrees.</summary>
    public static MapAxis DefaultRad { get; } = RadUpTo(0.66);

    /// <summary>As many bins as gammapy's default axis has, up to a radius in degrees.</summary>
    public static MapAxis RadUpTo(double radiusDeg) => new(
        "rad", [.. Enumerable.Range(0, RadBins + 1).Select(i => i * radiusDeg / RadBins)], AxisInterpolation.Linear, AxisNodes.Edges,
            "deg");

    /// <summary>
    /// A target whose response maps are on the image's own grid with coarser pixels, so that they are aligned for all images cut from one
    /// grid.
    /// </summary>
    /// <param name="responsePixelDeg">Approximate width of response pixels.</param>
    public static ReductionTarget Of(SkyGrid image, MapAxis energy, MapAxis energyTrue, MapAxis? rad = null,
        double responsePixelDeg = ResponsePixelDeg)
    {
        var responses = ResponseGrid.Covering(image, responsePixelDeg);
        return new ReductionTarget(image, energy, energyTrue, new MapGeometry(responses, rad ?? DefaultRad, energyTrue),
            new MapGeometry(responses, energy, energyTrue));
    }

    /// <summary>The shape of a dataset.</summary>
    public static ReductionTarget Of(Maps.Datasets.StackGeometry geometry) =>
        new(geometry.Image, geometry.Energy, geometry.EnergyTrue, geometry.Psf, geometry.Edisp);
}
