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

    private readonly double[] _all = new double[116];

    /// <summary>Fills the grid, ascending; where more norms coincide than usual the last ones are NaN.</summary>
    public void Fill(double norm, double error, NormScan ends, Span<double> grid)
    {
        if (!double.IsFinite(error) || error == 0) error = ErrorOtherwise;
        if (!double.IsFinite(norm) || norm == 0) norm = NormOtherwise;
        var next = 0;
        foreach (var step in Near) _all[next++] = norm + step * error;
        foreach (var step in Wide) _all[next++] = norm + step * error;
        foreach (var step in Wide) _all[next++] = Math.Abs(norm) * step;
        foreach (var step in Wide) _all[next++] = step;
        (_all[next++], _all[next]) = (ends.Min, ends.Max);
        _all.AsSpan().Sort();
        grid.Fill(double.NaN);
        var count = 0;
        for (var i = 0; i < _all.Length && count < grid.Length; i++)
            if (i == 0 || _all[i] != _all[i - 1]) grid[count++] = _all[i];
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
