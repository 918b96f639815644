namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// The norms of a pixel's likelihood profile (gammapy's sparse grid): around the best-fit norm in steps of its error, around zero in steps
/// of the norm and of one, and the two ends.
/// </summary>
internal sealed class ScanGrid
{
    /// <summary>51 + 21 + 21 + 21 + 2 norms, of which at least 7 coincide with others.</summary>
    public const int Count = 109;

    /// <summary>Used for an error, and for a norm, that is NaN, infinite or zero.</summary>
    private const double DefaultError = 0.1;
    private const double DefaultNorm = 1;

    private static readonly double[] Wide = Linear(-10, 10, 21);

    /// <summary>Fine and wide steps around the best-fit norm.</summary>
    private static readonly double[] Around = [.. Linear(-2.5, 2.5, 51).Concat(Wide).Order()];

    private readonly double[] _around = new double[Around.Length + 1];
    private readonly double[] _norms = new double[Wide.Length + 1];
    private readonly double[] _fixed = new double[Wide.Length + 3];

    public ScanGrid(NormScan ends)
    {
        (_around[^1], _norms[^1], _fixed[^1]) = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        double[] ascending = [.. Wide.Append(ends.Min).Append(ends.Max).Order()];
        ascending.CopyTo(_fixed, 0);
    }

    /// <summary>Fills the grid in ascending order; if more norms than usual coincide, the last elements are NaN.</summary>
    public void Fill(double norm, double error, Span<double> grid)
    {
        if (!double.IsFinite(error) || error == 0) error = DefaultError;
        if (!double.IsFinite(norm) || norm == 0) norm = DefaultNorm;
        for (var i = 0; i < Around.Length; i++) _around[i] = norm + Around[i] * error;
        for (var i = 0; i < Wide.Length; i++) _norms[i] = Math.Abs(norm) * Wide[i];
        Merge(grid);
    }

    /// <summary>Merges the three parts, each of which is ascending and ends with infinity.</summary>
    private void Merge(Span<double> grid)
    {
        var (a, b, c, count, last) = (0, 0, 0, 0, double.NaN);
        while (count < grid.Length)
        {
            var (x, y, z) = (_around[a], _norms[b], _fixed[c]);
            var least = double.MinNative(double.MinNative(x, y), z);
            if (double.IsPositiveInfinity(least)) break;

            // Equal norms of different parts are consumed together, equal norms within a part in the next iterations. Written without
            // branches, which would be unpredictable.
            a += x == least ? 1 : 0;
            b += y == least ? 1 : 0;
            c += z == least ? 1 : 0;
            grid[count] = least;
            count += least == last ? 0 : 1;
            last = least;
        }

        grid[count..].Fill(double.NaN);
    }

    /// <summary>The values of numpy's linspace, with its rounding.</summary>
    private static double[] Linear(double first, double last, int count)
    {
        var step = (last - first) / (count - 1);
        double[] values = [.. Enumerable.Range(0, count).Select(i => i * step + first)];
        values[^1] = last;
        return values;
    }
}
