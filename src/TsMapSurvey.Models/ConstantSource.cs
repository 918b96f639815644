namespace TsMapSurvey.Models;

/// <summary>The same brightness in every direction: gammapy's ConstantSpatialModel.</summary>
/// <param name="PerSr">sr⁻¹; 1 / 4π would have the integral one.</param>
public sealed record ConstantSource(double PerSr = 1) : ISpatialModel
{
    public double EvaluationRadiusDeg => double.PositiveInfinity;

    public double? BinSizeDeg => null;

    public bool IsEverywhere => true;
}
