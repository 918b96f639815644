using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// The exposure-weighted sum of IRF maps: Σ W per pixel and true energy, and Σ W q. Maps on the same grid are added pixel by pixel; other
/// grids are interpolated. A region IRF is added to every pixel; onto a region, the mean over all pixels is added.
/// </summary>
internal sealed class IrfStack
{
    private readonly MapGeometry _geometry;
    private readonly int _inner;
    private readonly double[] _weight;
    private readonly double[] _sum;

    public IrfStack(MapGeometry geometry)
    {
        _geometry = geometry;
        _inner = geometry.Axes[0].BinCount;
        _weight = new double[geometry.Axes[1].BinCount * geometry.PlaneLength];
        _sum = new double[geometry.Count];
    }

    public long ByteSize => 8L * (_weight.Length + _sum.Length);

    public double[] WeightSums => _weight;

    public double[] ValueSums => _sum;

    /// <exception cref="MapException">The map is missing, has no exposure, or has other axes.</exception>
    public void EnsureCanAdd(string name, string hdu, Map<double>? map, Map<double>? exposure)
    {
        if (map is null) throw MapErrors.MissingMap(name, hdu, "stacking into a survey with this map");
        if (exposure is null) throw MapErrors.MissingMap(name, $"{hdu}_EXPOSURE", "stacking (not a fit of this dataset alone)");
        foreach (var (found, expected) in map.Geometry.Axes.Zip(_geometry.Axes))
            if (found.Name != expected.Name || !found.Matches(expected)) throw MapErrors.DifferentAxes($"{name}, {hdu}", found, expected);
        if (exposure.Geometry.PlaneCount != _geometry.Axes[1].BinCount || exposure.Geometry.PlaneLength != map.Geometry.PlaneLength)
            throw MapErrors.BadGeometry($"{name}, {hdu}_EXPOSURE",
                $"found {exposure.Geometry.PlaneCount} planes of {exposure.Geometry.PlaneLength} pixels, "
                + $"expected {_geometry.Axes[1].BinCount} of {map.Geometry.PlaneLength}");
    }

    /// <param name="mask">The map's pixels to add.</param>
    /// <param name="maskByBin">The pixels to add in each bin of the first axis; null for <paramref name="mask"/> in every bin.</param>
    public void Add(Map<double> map, Map<double> exposure, bool[] mask, bool[][]? maskByBin)
    {
        // A pixel without the mask adds nothing in any bin.
        var pairs = Pairs(map.Geometry).Where(pair => mask[pair.Source] || maskByBin is not null).ToArray();
        var shares = new double[pairs.Length];
        for (var j = 0; j < _geometry.Axes[1].BinCount; j++)
        {
            var weights = exposure.Plane(j);
            var sumOfWeights = _weight.AsSpan(j * _geometry.PlaneLength, _geometry.PlaneLength);
            for (var p = 0; p < pairs.Length; p++)
            {
                var (target, source, share) = pairs[p];
                shares[p] = share * weights[source];
                if (mask[source] && double.IsFinite(shares[p])) sumOfWeights[target] += shares[p];
            }

            for (var i = 0; i < _inner; i++)
            {
                var values = map.Plane(j * _inner + i);
                var sums = _sum.AsSpan((j * _inner + i) * _geometry.PlaneLength, _geometry.PlaneLength);
                var counted = maskByBin?[i] ?? mask;
                for (var p = 0; p < pairs.Length; p++)
                {
                    var (target, source, _) = pairs[p];
                    var value = shares[p] * values[source];
                    if (counted[source] && double.IsFinite(value)) sums[target] += value;
                }
            }
        }
    }

    /// <summary>Σ W q / Σ W; zero without weight.</summary>
    public Map<double> Mean(string unit)
    {
        var mean = new Map<double>(_geometry, unit);
        for (var plane = 0; plane < _geometry.PlaneCount; plane++)
            for (var pixel = 0; pixel < _geometry.PlaneLength; pixel++)
            {
                var weight = _weight[plane / _inner * _geometry.PlaneLength + pixel];
                var index = plane * _geometry.PlaneLength + pixel;
                mean.Data[index] = weight > 0 ? _sum[index] / weight : 0;
            }

        return mean;
    }

    public Map<double> Weights(string unit) => new(_geometry.With(_geometry.Axes[0].Squash(), _geometry.Axes[1]), [.. _weight], unit);

    /// <summary>The source pixels that contribute to each target pixel, with their weight.</summary>
    private List<(int Target, int Source, double Share)> Pairs(MapGeometry source)
    {
        var pairs = new List<(int, int, double)>();
        if (_geometry.Grid is not { } target)
            for (var pixel = 0; pixel < source.PlaneLength; pixel++) pairs.Add((0, pixel, 1.0 / source.PlaneLength));
        else if (source.Grid is not { } grid)
            for (var pixel = 0; pixel < _geometry.PlaneLength; pixel++) pairs.Add((pixel, 0, 1));
        else if (grid.IsAlignedWith(target, out _, out _))
            foreach (var (from, to) in GridOverlap.Between("IRF", grid, target))
                for (var y = 0; y < from.Height; y++)
                    for (var x = 0; x < from.Width; x++)
                        pairs.Add(((to.Y + y) * target.Width + to.X + x, (from.Y + y) * grid.Width + from.X + x, 1));
        else Interpolate(target, grid, pairs);
        return pairs;
    }

    private static void Interpolate(SkyGrid target, SkyGrid grid, List<(int, int, double)> pairs)
    {
        for (var pixel = 0; pixel < target.Width * target.Height; pixel++)
        {
            if (target.PixelCentre(pixel % target.Width, pixel / target.Width) is not { } centre
                || !grid.TryPixelOf(centre, out double x, out double y)) continue;
            if (!(x > -0.5 && x < grid.Width - 0.5 && y > -0.5 && y < grid.Height - 0.5)) continue;
            var (i, j) = ((int)Math.Clamp(Math.Floor(x), 0, Math.Max(0, grid.Width - 2)),
                (int)Math.Clamp(Math.Floor(y), 0, Math.Max(0, grid.Height - 2)));
            var (fx, fy) = (Math.Clamp(x - i, 0, 1), Math.Clamp(y - j, 0, 1));
            foreach (var (column, row, share) in new[] { (i, j, (1 - fx) * (1 - fy)), (i + 1, j, fx * (1 - fy)), (i, j + 1, (1 - fx) * fy),
                (i + 1, j + 1, fx * fy) })
                if (share > 0) pairs.Add((pixel, row * grid.Width + column, share));
        }
    }
}
