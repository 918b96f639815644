using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Estimators;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>What compute says of its maps: per energy bin, the pixels with a value and the largest sqrt_ts; gathered strip by strip.</summary>
/// <param name="geometry">Of the whole maps.</param>
internal sealed class MapsSummary(MapGeometry geometry)
{
    private readonly int[] _pixels = new int[geometry.PlaneCount];
    private readonly double[] _most = [.. Enumerable.Repeat(double.NaN, geometry.PlaneCount)];
    private readonly int[] _at = new int[geometry.PlaneCount];
    private IReadOnlyCollection<string> _quantities = [];

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <param name="firstRow">Of the whole, 0 the lowest.</param>
    /// <param name="maps">Rows of the maps, or all.</param>
    public void Add(int firstRow, FluxMaps maps)
    {
        (_quantities, Warnings) = (maps.Stored, maps.Warnings);
        for (var k = 0; k < geometry.PlaneCount; k++)
        {
            var plane = maps.Find("sqrt_ts")!.Plane(k);
            for (var i = 0; i < plane.Length; i++)
            {
                if (!double.IsFinite(plane[i])) continue;
                _pixels[k]++;
                if (plane[i] <= _most[k]) continue;
                (_most[k], _at[k]) = (plane[i], firstRow * geometry.Width + i);
            }
        }
    }

    public void Print(string path, bool json)
    {
        var bins = Enumerable.Range(0, geometry.PlaneCount).Select(k => new
        {
            EnergyMinTeV = geometry.Axes[0].Edges[k],
            EnergyMaxTeV = geometry.Axes[0].Edges[k + 1],
            Pixels = _pixels[k],
            MaxSqrtTs = _most[k],
            MaxAt = _pixels[k] == 0 ? null : geometry.Grid!.PixelCentre(_at[k] % geometry.Width, _at[k] / geometry.Width)?.ToString(),
        }).ToArray();
        if (json)
        {
            Report.Json(new { File = path, geometry.Width, geometry.Height, Quantities = _quantities, Bins = bins });
            return;
        }

        Report.Line(FormattableString.Invariant($"{path}: {geometry.Width} x {geometry.Height} pixels, {string.Join(", ", _quantities)}"));
        foreach (var bin in bins)
            Report.Line(FormattableString.Invariant($"{bin.EnergyMinTeV:g4} to {bin.EnergyMaxTeV:g4} TeV: {bin.Pixels} pixels fitted, max sqrt_ts {bin.MaxSqrtTs:f2} at {bin.MaxAt}"));
    }
}
