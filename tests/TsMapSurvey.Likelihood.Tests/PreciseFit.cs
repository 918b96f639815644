namespace TsMapSurvey.Likelihood.Tests;

/// <summary>
/// Norm, errors, limits and sensitivity of a pixel by definition, over all entries and in <see cref="DoubleDouble"/>. Every function here
/// is increasing in the range used, so a root is proven by the signs on both sides of it, as in the last step of a bisection.
/// </summary>
internal sealed class PreciseFit
{
    private readonly DoubleDouble[] _counts;
    private readonly DoubleDouble[] _background;
    private readonly DoubleDouble[] _signal;

    public PreciseFit(FitProblem problem, int pixel)
    {
        (_counts, _signal) = (Exact(problem.Counts), Exact(problem.Signal[pixel]));
        _background = Exact([.. problem.Background.Select(b => Math.Max(b, Cash.Truncation))]);
        var counted = All.Where(i => problem.Counts[i] > 0).ToArray();
        int[] explained = [.. counted.Where(i => problem.Signal[pixel][i] > 0)];
        IsSingleEntry = counted.Length == 1 && explained.Length == 1;
        HasRoot = explained.Length > 0;
        Pole = explained.Length > 0 ? Least(explained) : 0;
        int[] reached = [.. All.Where(i => problem.Signal[pixel][i] > 0)];
        Bound = reached.Any(i => problem.Background[i] == 0) ? 0 : -Least(reached);
    }

    /// <summary>One entry has all the counts.</summary>
    public bool IsSingleEntry { get; }

    /// <summary>An entry with signal has counts.</summary>
    public bool HasRoot { get; }

    /// <summary>min b/m over the counted entries; zero without.</summary>
    public DoubleDouble Pole { get; }

    /// <summary>-min b/m over all entries with signal.</summary>
    public DoubleDouble Bound { get; }

    /// <summary>Σ m.</summary>
    public DoubleDouble Signal => DoubleDouble.Sum(_signal);

    /// <summary>Σ n of the entries with signal.</summary>
    public DoubleDouble ExplainedCounts => DoubleDouble.Sum(Explained.Select(i => _counts[i]));

    private IEnumerable<int> All => Enumerable.Range(0, _counts.Length);

    /// <summary>½ dC/dN, right of the pole.</summary>
    public DoubleDouble Gradient(DoubleDouble norm) =>
        Signal - DoubleDouble.Sum(Explained.Select(i => _counts[i] * _signal[i] / (_background[i] + norm * _signal[i])));

    /// <summary>½ d²C/dN².</summary>
    public DoubleDouble Curvature(DoubleDouble norm) => DoubleDouble.Sum(Explained.Select(i =>
    {
        var term = _signal[i] / (_background[i] + norm * _signal[i]);
        return _counts[i] * term * term;
    }));

    /// <summary>Σ n |ln(1 + N m / b)|: the sum of the absolute logarithms that cancel in TS.</summary>
    public DoubleDouble Logarithms(DoubleDouble norm) =>
        DoubleDouble.Sum(Explained.Select(i => _counts[i] * DoubleDouble.Abs(DoubleDouble.Log(1 + norm * _signal[i] / _background[i]))));

    /// <summary>
    /// Σ n (1 + b/|μ|): the effect of rounding N m / b on the logarithms of μ. It grows near a pole, and is zero exactly at the pole.
    /// </summary>
    public DoubleDouble Rounding(DoubleDouble norm) => DoubleDouble.Sum(Explained.Select(i =>
    {
        var mu = _background[i] + norm * _signal[i];
        return _counts[i] * (mu == 0 ? 1 : 1 + _background[i] / DoubleDouble.Abs(mu));
    }));

    /// <summary>½ C(to) - ½ C(from). A negative μ is replaced by zero, and in the logarithm by the truncation.</summary>
    public DoubleDouble Rise(DoubleDouble from, DoubleDouble to) => DoubleDouble.Sum(All.Where(i => _signal[i] > 0).Select(i =>
    {
        var (before, after) = (_background[i] + from * _signal[i], _background[i] + to * _signal[i]);
        var npred = DoubleDouble.Max(after, 0) - DoubleDouble.Max(before, 0);
        return _counts[i] > 0 ? npred - _counts[i] * DoubleDouble.Log(
            DoubleDouble.Max(after, Cash.Truncation) / DoubleDouble.Max(before, Cash.Truncation)) : npred;
    }));

    /// <summary>Half the test statistic of the Asimov data set of a source with this norm.</summary>
    public DoubleDouble Asimov(DoubleDouble norm) => DoubleDouble.Sum(All.Select(i =>
    {
        var mu = _background[i] + norm * _signal[i];
        return mu * DoubleDouble.Log(mu / _background[i]) - norm * _signal[i];
    }));

    /// <summary>The root of g by bisection.</summary>
    public DoubleDouble Root()
    {
        var low = -Pole;
        var high = DoubleDouble.Sum(_counts) / Signal - Pole;
        for (var i = 0; i < 120; i++)
        {
            var middle = (low + high) / 2;
            if (Gradient(middle) < 0) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private IEnumerable<int> Explained => All.Where(i => _counts[i] > 0 && _signal[i] > 0);

    private static DoubleDouble[] Exact(double[] values) => Array.ConvertAll(values, value => (DoubleDouble)value);

    private DoubleDouble Least(IEnumerable<int> entries) =>
        entries.Select(i => _background[i] / _signal[i]).Aggregate((a, b) => a < b ? a : b);
}
