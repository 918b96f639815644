using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Peaks;

internal sealed record PeakQuantities(
    MapAxis Energy, Map<double> SqrtTs, Map<double> Ts, Map<double>? Flux, Map<double>? FluxErr, Map<double>? FluxUl)
{
    public static PeakQuantities Of(FluxMaps maps, FluxKind flux) => new(
        maps.Geometry.Axes[0], Required(maps, "sqrt_ts"), maps.Find("ts") ?? Squared(Required(maps, "sqrt_ts")),
        maps.Find(flux.Name), maps.Find($"{flux.Name}_err"), maps.Find($"{flux.Name}_ul"));

    /// <summary>The peak at a pixel; null if the pixel is outside the projected sky.</summary>
    public Peak? Peak(int bin, int pixel)
    {
        var grid = SqrtTs.Geometry.Grid!;
        var (x, y) = (pixel % grid.Width, pixel / grid.Width);
        if (grid.PixelCentre(x, y) is not { } centre) return null;
        var (position, error) = PeakFit.Find(Ts.Plane(bin), grid, pixel) ?? (centre.To(SkyFrame.Icrs), PositionError.Unknown);
        double At(Map<double>? map) => map is null ? double.NaN : map.Plane(bin)[pixel];
        return new Peak(
            position, error, x, y, bin, Energy.Edges[bin], Energy.Edges[bin + 1], At(SqrtTs), At(Ts), At(Flux), At(FluxErr), At(FluxUl),
            IsAtEdge(SqrtTs.Plane(bin), grid.Width, pixel), double.NaN);
    }

    private static bool IsAtEdge(ReadOnlySpan<double> plane, int width, int pixel)
    {
        var around = 0;
        foreach (var other in LocalMaxima.Around(pixel, width, plane.Length))
            if (!double.IsNaN(plane[other])) around++;
        return around < 8;
    }

    private static Map<double> Squared(Map<double> sqrtTs) => sqrtTs with { Data = Array.ConvertAll(sqrtTs.Data, value => value * value) };

    private static Map<double> Required(FluxMaps maps, string quantity) =>
        maps.Find(quantity) ?? throw MapErrors.MissingMap("the file of maps", quantity, "finding peaks");
}
