namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// The norms at which a pixel's likelihood profile is given (gammapy's sparse grid, numerics 3.8): around the best norm in steps of its
/// error, around zero in steps of the norm and of one, and the two ends.
/// </summary>
internal sealed class ScanGrid
{
    /// <summary>51 + 21 + 21 + 21 + 2 norms, of which 7 or more coincide.</summary>
    public const int Count = 109;

    /// <summary>What the error is taken for where it is unknown or zero, and the norm.</summary>
    private const double ErrorOtherwise = 0.1;
    private const double NormOtherwise = 1;

    private static readonly double[] Wide = Linear(-10, 10, 21);

    /// <summary>Fine and wide steps around the best norm.</summary>
    private static readonly double[] Around = [.. Linear(-2.5, 2.5, 51).Concat(Wide).Order()];

    private readonly double[] _around = new double[Around.Length + 1];
    private readonly double[] _norms = new double[Wide.Length + 1];
    private readonly double[] _fixed = new double[Wide.Length + 3];

    /// <param name="ends">The two ends.</param>
    public ScanGrid(NormScan ends)
    {
        (_around[^1], _norms[^1], _fixed[^1]) = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        double[] ascending = [.. Wide.Append(ends.Min).Append(ends.Max).Order()];
        ascending.CopyTo(_fixed, 0);
    }

    /// <summary>Fills the grid, ascending; where more norms coincide than usual the last ones are NaN.</summary>
    public void Fill(double norm, double error, Span<double> grid)
    {
        if (!double.IsFinite(error) || error == 0) error = ErrorOtherwise;
        if (!double.IsFinite(norm) || norm == 0) norm = NormOtherwise;
        for (var i = 0; i < Around.Length; i++) _around[i] = norm + Around[i] * error;
        for (var i = 0; i < Wide.Length; i++) _norms[i] = Math.Abs(norm) * Wide[i];
        Merge(grid);
    }

    /// <summary>Each part ascends, and ends with infinity.</summary>
    private void Merge(Span<double> grid)
    {
        var (a, b, c, count, last) = (0, 0, 0, 0, double.NaN);
        while (count < grid.Length)
        {
            var (x, y, z) = (_around[a], _norms[b], _fixed[c]);
            var least = double.MinNative(double.MinNative(x, y), z);
            if (double.IsPositiveInfinity(least)) break;

            // All that coincide go at once; within a part the next turn finds the same again. Without branches, which nobody could foresee.
            a += x == least ? 1 : 0;
            b += y == least ? 1 : 0;
            c += z == least ? 1 : 0;
            grid[count] = least;
            count += least == last ? 0 : 1;
            last = least;
        }

        grid[count..].Fill(double.NaN);
    }

    /// <summary>As numpy's linspace rounds it.</summary>
    private static double[] Linear(double first, double last, int count)
    {
        var step = (last - first) / (count - 1);
        double[] values = [.. Enumerable.Range(0, count).Select(i => i * step + first)];
        values[^1] = last;
        return values;
    }
}
