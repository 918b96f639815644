namespace TsMapSurvey.Plots;

/// <summary>
/// Finds round(count f(u)) for a stretch f without computing f for each pixel: the result is the number of thresholds
/// f⁻¹((k + ½) / count) that are at most u, found by a linear search from the first threshold of u's bucket.
/// </summary>
internal sealed class StretchSteps
{
    private const int Buckets = 4096;

    private readonly double[] _thresholds;
    private readonly short[] _first;

    internal StretchSteps(Func<double, double> inverse, int count)
    {
        _thresholds = [.. Enumerable.Range(0, count).Select(step => inverse((step + 0.5) / count)), double.PositiveInfinity];
        _first = new short[Buckets + 1];
        short reached = 0;
        for (var bucket = 0; bucket <= Buckets; bucket++)
        {
            while (_thresholds[reached] <= bucket / (double)Buckets) reached++;
            _first[bucket] = reached;
        }
    }

    /// <summary>The step for u from 0 to 1, except for rounding errors.</summary>
    internal int Of(double u)
    {
        int step = _first[(int)(u * Buckets)];
        while (_thresholds[step] <= u) step++;
        return step;
    }
}
