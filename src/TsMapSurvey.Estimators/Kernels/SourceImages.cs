using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>
/// The images of a source on some pixels: one for all true energies, or one for each where its shape changes with energy.
/// </summary>
internal sealed class SourceImages(SkyModel model, SkyGrid grid, MapAxis energyTrue)
{
    private readonly double[]?[] _images = new double[]?[model.Spatial.DependsOnEnergy ? energyTrue.BinCount : 1];
    private SpreadImage? _spread;

    /// <summary>Whether there is nothing above zero at any energy.</summary>
    public bool AreDark => !Enumerable.Range(0, _images.Length).Any(j => Array.Exists(At(j), value => value > 0));

    /// <summary>At the centre of a true-energy bin (gammapy's choice), row by row.</summary>
    public double[] At(int j)
    {
        var index = _images.Length == 1 ? 0 : j;
        return _images[index] ??= SourceImage.Create(model.Spatial, model.Position.Frame, grid, model.Position, energyTrue.Centers[j]);
    }

    /// <summary>The same, to be folded with a PSF.</summary>
    public SpreadImage Spread(int j) =>
        _images.Length > 1 ? new SpreadImage(At(j), grid.Width) : _spread ??= new SpreadImage(At(j), grid.Width);
}
