namespace TsMapSurvey.Models;

/// <summary>All flux in one direction: gammapy's PointSpatialModel.</summary>
public sealed record PointSource : ISpatialModel
{
    public double EvaluationRadiusDeg => 0;

    public double? BinSizeDeg => null;
}
