namespace TsMapSurvey.Models;

/// <summary>gammapy's ShellSpatialModel: the projection of a uniformly bright spherical shell, in the flat-sky approximation.</summary>
/// <param name="RadiusDeg">The inner radius.</param>
/// <param name="WidthDeg">Outer minus inner radius.</param>
public sealed record ShellSource(double RadiusDeg, double WidthDeg) : ISourceShape
{
    private readonly double _norm = 3 / (2 * Math.PI * (Cube(RadiusDeg + WidthDeg) - Cube(RadiusDeg)) * Math.Pow(Math.PI / 180, 2));

    public double EvaluationRadiusDeg => RadiusDeg + WidthDeg;

    public double? BinSizeDeg => WidthDeg;

    public double DensityPerSr(double eastDeg, double northDeg)
    {
        var square = eastDeg * eastDeg + northDeg * northDeg;
        var (inner, outer) = (RadiusDeg * RadiusDeg, (RadiusDeg + WidthDeg) * (RadiusDeg + WidthDeg));
        if (square > outer) return 0;
        return _norm * (Math.Sqrt(outer - square) - (square < inner ? Math.Sqrt(inner - square) : 0));
    }

    private static double Cube(double value) => value * value * value;
}
