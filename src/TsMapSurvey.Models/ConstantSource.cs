namespace TsMapSurvey.Models;

/// <summary>gammapy's ConstantSpatialModel: the same brightness in every direction.</summary>
/// <param name="PerSr">Brightness in sr⁻¹; 1 / 4π gives an integral of one over the sphere.</param>
public sealed record ConstantSource(double PerSr = 1) : ISpatialModel
{
    public double EvaluationRadiusDeg => double.PositiveInfinity;

    public double? BinSizeDeg => null;

    public bool IsEverywhere => true;
}
