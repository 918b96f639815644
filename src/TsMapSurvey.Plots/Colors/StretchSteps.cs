namespace TsMapSurvey.Plots;

/// <summary>
/// round(count f(u)) for a stretch f, found without computing f for each pixel: a value's step is the number of thresholds
/// f⁻¹((k + ½) / count) that it has reached, searched from the first one of its bucket on.
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

    /// <summary>For u from 0 to 1, to rounding.</summary>
    internal int Of(double u)
    {
        int step = _first[(int)(u * Buckets)];
        while (_thresholds[step] <= u) step++;
        return step;
    }
}
