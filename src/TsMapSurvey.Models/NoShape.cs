namespace TsMapSurvey.Models;

/// <summary>
/// The spatial part of a model that has none, as gammapy's SkyModel without a spatial model: every pixel has the whole flux, and nothing
/// is spread by a PSF. FluxMaps of estimators that need no shape name such a model.
/// </summary>
public sealed record NoShape : ISpatialModel
{
    public double EvaluationRadiusDeg => double.PositiveInfinity;

    public double? BinSizeDeg => null;

    public bool IsEverywhere => true;
}
