using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>
/// What the kernel of a whole map needs from a dataset that is read in rows: the exposure at the map's centre, and the distance of the
/// nearest unmasked pixel. The middle rows are usually sufficient; otherwise more rows are read from the centre outwards.
/// </summary>
internal sealed class MapCentre
{
    private const int RowsAtOnce = 16;

    private readonly IDatasetRows _rows;
    private readonly CancellationToken _cancellationToken;

    private MapCentre(IDatasetRows rows, CancellationToken cancellationToken) => (_rows, _cancellationToken) = (rows, cancellationToken);

    /// <summary>
    /// A dataset of the one, two or four pixels around the centre of the map, with the centre, IRFs and axes of the whole. All of its
    /// pixels have the exposure that the whole map's kernel uses: that of the pixel with exposure nearest to the centre.
    /// </summary>
    public static MapDataset Dataset(IDatasetRows rows, CancellationToken cancellationToken)
    {
        var (width, height) = (rows.Grid.Width, rows.Grid.Height);
        var (grid, middle) =
            (rows.Grid.Cutout((width - 1) / 2, (height - 1) / 2, 2 - width % 2, 2 - height % 2), rows.Rows((height - 1) / 2, 1));
        var empty = new Map<double>(new MapGeometry(grid, [.. middle.Geometry.Axes]));
        var centre = middle with { Counts = empty, Background = empty, MaskSafe = null, MaskFit = null };
        if (middle.Exposure?.Geometry is not { Grid: not null, Height: 1 } shape || shape.Width != width) return centre;
        var exposure = new Map<double>(shape.WithGrid(grid), middle.Exposure.Unit);
        if (new MapCentre(rows, cancellationToken).NearestExposure() is { } spectrum)
            for (var plane = 0; plane < spectrum.Length; plane++) exposure.Plane(plane).Fill(spectrum[plane]);
        return centre with { Exposure = exposure };
    }

    /// <summary>
    /// For each group of bins, the distance in pixels from the centre to the nearest pixel with an unmasked bin, as the maximum of the
    /// distances along x and y; +∞ if there is none.
    /// </summary>
    public static double[] DistanceToData(
        IDatasetRows rows, IReadOnlyList<(int First, int Last)> groups, CancellationToken cancellationToken)
    {
        var nearest = new double[groups.Count];
        Array.Fill(nearest, double.PositiveInfinity);
        foreach (var (first, count) in new MapCentre(rows, cancellationToken).Outwards(distance => nearest.Any(found => found > distance)))
        {
            var data = rows.Rows(first, count);
            for (var g = 0; g < nearest.Length; g++)
                for (var k = groups[g].First; k <= groups[g].Last; k++)
                    nearest[g] = Math.Min(nearest[g], Nearest(data, k, first, rows.Grid));
        }

        return nearest;
    }

    /// <summary>Whether a square around the image's centre has a pixel with an unmasked bin.</summary>
    /// <param name="halfWidthDeg">Half the side of the square.</param>
    public static bool HasDataWithin(MapDataset data, double halfWidthDeg, (int First, int Last) bins)
    {
        var (half, width, height) = (halfWidthDeg / data.Grid.PixelScaleDeg, data.Grid.Width, data.Grid.Height);
        var (centreX, centreY) = ((width - 1) / 2.0, (height - 1) / 2.0);
        for (var y = (int)Math.Max(0, Math.Ceiling(centreY - half)); y < height && y <= centreY + half; y++)
            for (var x = (int)Math.Max(0, Math.Ceiling(centreX - half)); x < width && x <= centreX + half; x++)
                for (var bin = bins.First; bin <= bins.Last; bin++)
                    if (IsUnmasked(data, bin, y * width + x)) return true;
        return false;
    }

    private static double Nearest(MapDataset data, int bin, int firstRow, SkyGrid grid)
    {
        var nearest = double.PositiveInfinity;
        for (var y = 0; y < data.Grid.Height; y++)
            for (var x = 0; x < grid.Width; x++)
            {
                var distance = Math.Max(Math.Abs(x - (grid.Width - 1) / 2.0), Math.Abs(firstRow + y - (grid.Height - 1) / 2.0));
                if (distance < nearest && IsUnmasked(data, bin, y * grid.Width + x)) nearest = distance;
            }

        return nearest;
    }

    /// <summary>The mask of a pixel, as in <see cref="Fitting.MaskedPlanes"/>.</summary>
    internal static bool IsUnmasked(MapDataset data, int bin, int pixel) =>
        (data.MaskSafe is not { } safe || safe.Plane(bin)[pixel]) && (data.MaskFit is not { } fit || fit.Plane(bin)[pixel])
        && data.Background is { } background && double.IsFinite(background.Plane(bin)[pixel]);

    /// <summary>
    /// The exposure at the pixel nearest to the centre, or, if that has none, at the nearest pixel with exposure; null if there is none.
    /// </summary>
    private double[]? NearestExposure()
    {
        var (x, y) = new MapGeometry(_rows.Grid).NearestPixel(_rows.Grid.Centre);
        var here = _rows.Rows(y, 1).Exposure!;
        if (HasExposure(here, x)) return Spectrum(here, x);
        var centre = _rows.Grid.Centre;
        double[]? best = null;
        var (least, bestRow, bestColumn) = (double.PositiveInfinity, int.MaxValue, int.MaxValue);
        foreach (var (first, count) in Outwards(_ => true))
        {
            var exposure = _rows.Rows(first, count).Exposure!;
            for (var row = 0; row < count; row++)
                for (var column = 0; column < _rows.Grid.Width; column++)
                {
                    var pixel = row * _rows.Grid.Width + column;
                    if (!HasExposure(exposure, pixel) || _rows.Grid.PixelCentre(column, first + row) is not { } position) continue;
                    var separation = position.SeparationDeg(centre);
                    // At equal distances the first pixel of the whole map is chosen, independent of the order in which rows are read.
                    if (separation > least || (separation == least && (first + row, column).CompareTo((bestRow, bestColumn)) > 0)) continue;
                    (best, least, bestRow, bestColumn) = (Spectrum(exposure, pixel), separation, first + row, column);
                }
        }

        return best;
    }

    private static bool HasExposure(Map<double> exposure, int pixel)
    {
        for (var plane = 0; plane < exposure.Geometry.PlaneCount; plane++)
            if (exposure.Plane(plane)[pixel] > 0) return true;
        return false;
    }

    private static double[] Spectrum(Map<double> exposure, int pixel) =>
        [.. Enumerable.Range(0, exposure.Geometry.PlaneCount).Select(j => exposure.Plane(j)[pixel])];

    /// <summary>
    /// Blocks of rows, first the middle one, then alternately above and below, as long as rows at this distance from the centre are wanted.
    /// </summary>
    private IEnumerable<(int First, int Count)> Outwards(Func<double, bool> wanted)
    {
        var (height, middle) = (_rows.Grid.Height, (_rows.Grid.Height - 1) / 2.0);
        var (below, above) = (Math.Max(0, (height - RowsAtOnce) / 2), Math.Min(height, (height - RowsAtOnce) / 2 + RowsAtOnce));
        yield return (below, above - below);
        while (below > 0 || above < height)
        {
            if (above < height && wanted(above - middle))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                yield return (above, Math.Min(RowsAtOnce, height - above));
            }

            above = Math.Min(height, above + RowsAtOnce);
            var count = Math.Min(RowsAtOnce, below);
            if (below > 0 && wanted(middle - (below - 1)))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                yield return (below - count, count);
            }

            below -= count;
        }
    }
}
