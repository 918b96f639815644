namespace TsMapSurvey.Maps.Estimators.Fitting;

/// <summary>
/// The norms at which a pixel's likelihood profile is given (gammapy's sparse grid, numerics 3.8): around the best norm in steps of its error, around
/// zero in steps of the norm and of one, and the two ends.
/// </summary>
internal sealed class ScanGrid
{
    /// <summary>51 + 21 + 21 + 21 + 2 norms, of which 7 or more coincide.</summary>
    public const int Count = 109;

    /// <summary>What the error is taken for where it is unknown or zero, and the norm.</summary>
    private const double ErrorOtherwise = 0.1;
    private const double NormOtherwise = 1;

    private static readonly double[] Near = Linear(-2.5, 2.5, 51);
    private static readonly double[] Wide = Linear(-10, 10, 21);

    private readonly double[][] _parts = [new double[51], new double[21], new double[21], Wide, new double[2]];
    private readonly int[] _next = new int[5];

    /// <summary>Fills the grid, ascending; where more norms coincide than usual the last ones are NaN.</summary>
    public void Fill(double norm, double error, NormScan ends, Span<double> grid)
    {
        if (!double.IsFinite(error) || error == 0) error = ErrorOtherwise;
        if (!double.IsFinite(norm) || norm == 0) norm = NormOtherwise;
        for (var i = 0; i < Near.Length; i++) _parts[0][i] = norm + Near[i] * error;
        for (var i = 0; i < Wide.Length; i++) (_parts[1][i], _parts[2][i]) = (norm + Wide[i] * error, Math.Abs(norm) * Wide[i]);
        (_parts[4][0], _parts[4][1]) = (ends.Min, ends.Max);
        Merge(grid);
    }

    /// <summary>Each part ascends.</summary>
    private void Merge(Span<double> grid)
    {
        Array.Clear(_next);
        var count = 0;
        while (count < grid.Length)
        {
            var (least, from) = (double.PositiveInfinity, -1);
            for (var part = 0; part < _parts.Length; part++)
                if (_next[part] < _parts[part].Length && _parts[part][_next[part]] < least) (least, from) = (_parts[part][_next[part]], part);
            if (from < 0) break;
            _next[from]++;
            if (count == 0 || grid[count - 1] != least) grid[count++] = least;
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
