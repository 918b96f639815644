namespace TsMapSurvey.Simulation.Events;

/// <summary>
/// The integral of a density from the lower end of a range, by the trapezoidal rule, and its inverse, so that numbers are drawn by
/// inversion.
/// </summary>
internal sealed class CumulativeTable
{
    private readonly double _min;
    private readonly double _step;
    private readonly double[] _below;

    private CumulativeTable(double min, double step, double[] below) => (_min, _step, _below) = (min, step, below);

    /// <summary>The integral over the whole range.</summary>
    public double Total => _below[^1];

    public static CumulativeTable Of(double min, double max, int steps, Func<double, double> density)
    {
        var step = (max - min) / steps;
        var below = new double[steps + 1];
        var last = density(min);
        for (var i = 1; i <= steps; i++)
        {
            var next = density(min + i * step);
            below[i] = below[i - 1] + step * (last + next) / 2;
            last = next;
        }

        return new CumulativeTable(min, step, below);
    }

    /// <summary>The value below which a fraction of the integral lies.</summary>
    /// <param name="fraction">0 inclusive to 1 exclusive.</param>
    public double Find(double fraction)
    {
        var wanted = fraction * Total;
        var found = Array.BinarySearch(_below, wanted);
        var upper = Math.Clamp(found >= 0 ? found : ~found, 1, _below.Length - 1);
        var (low, high) = (_below[upper - 1], _below[upper]);
        return _min + _step * (upper - 1 + (high > low ? (wanted - low) / (high - low) : 0));
    }
}
