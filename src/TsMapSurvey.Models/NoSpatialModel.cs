namespace TsMapSurvey.Models;

/// <summary>
/// Stands for the spatial model of a gammapy SkyModel without one: every pixel has the total flux, and no PSF is applied. Estimators
/// that need no shape write FluxMaps with such a model.
/// </summary>
public sealed record NoSpatialModel : ISpatialModel
{
    public double EvaluationRadiusDeg => double.PositiveInfinity;

    public double? BinSizeDeg => null;

    public bool IsEverywhere => true;
}
