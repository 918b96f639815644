using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>The images of a source: one for all true energies, or one for each if its shape depends on energy.</summary>
internal sealed class SourceImages(SkyModel model, SkyGrid grid, MapAxis energyTrue)
{
    private readonly double[]?[] _images = new double[]?[model.Spatial.DependsOnEnergy ? energyTrue.BinCount : 1];
    private SpreadImage? _spread;

    /// <summary>Whether no pixel is above zero at any energy.</summary>
    public bool AreEmpty => !Enumerable.Range(0, _images.Length).Any(j => Array.Exists(At(j), value => value > 0));

    /// <summary>The image at the centre of a true-energy bin (gammapy's choice), row by row.</summary>
    public double[] At(int j)
    {
        var index = _images.Length == 1 ? 0 : j;
        return _images[index] ??= SourceImage.Create(model.Spatial, model.Position.Frame, grid, model.Position, energyTrue.Centers[j]);
    }

    public SpreadImage Spread(int j) =>
        _images.Length > 1 ? new SpreadImage(At(j), grid.Width) : _spread ??= new SpreadImage(At(j), grid.Width);
}
