using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

/// <summary>A problem as blocks of lanes, in memory between pages that end the process when accessed.</summary>
internal sealed class ProblemBlock<T> : IDisposable
    where T : struct, ILanes<T>
{
    private readonly Guarded _counts;
    private readonly Guarded _least;
    private readonly Guarded _ratio;
    private readonly Guarded _shifted;
    private readonly Guarded _background;
    private readonly Guarded _signal;
    private readonly int[] _ends;
    private readonly T _signalSum;
    private readonly double _totalCounts;

    public ProblemBlock(FitProblem problem, bool guardBehind)
    {
        var pixels = problem.Signal[..T.Count];
        int[] counted =
            [.. Enumerable.Range(0, problem.Counts.Length).Where(i => problem.Counts[i] > 0 && pixels.Any(signal => signal[i] > 0))];
        (counted, _ends) = CountClasses.Sort(counted, problem.Counts);
        double Background(int i) => Math.Max(problem.Background[i], Cash.Truncation);
        _counts = new Guarded([.. counted.Select(i => problem.Counts[i])], guardBehind);
        _least = new Guarded([.. counted.Select(i => Cash.Truncation / Background(i))], guardBehind);
        _ratio = new Guarded([.. counted.SelectMany(i => pixels.Select(signal => signal[i] / Background(i)))], guardBehind);
        _shifted = new Guarded(new double[counted.Length * T.Count], guardBehind);
        _background = new Guarded(problem.Background, guardBehind);
        _signal = new Guarded(
            [.. Enumerable.Range(0, problem.Counts.Length).SelectMany(i => pixels.Select(signal => signal[i]))], guardBehind);
        (_signalSum, _totalCounts) = (Pack.Lanes<T>([.. pixels.Select(signal => signal.Sum())]), problem.Counts.Sum());
    }

    public CashBlock<T> Counted => new()
    {
        Counts = _counts.Span,
        Least = _least.Span,
        Ratio = _ratio.Span,
        Ends = _ends,
        Signal = _signalSum,
        TotalCounts = T.Of(_totalCounts),
    };

    public DenseBlock<T> Dense => new() { Background = _background.Span, Signal = _signal.Span };

    /// <summary>The block with its ratios shifted to norms.</summary>
    public ShiftedBlock<T> Shift(T norm) => CountedSums.Shift(Counted, norm, _shifted.Span);

    public void Dispose()
    {
        foreach (var memory in new[] { _counts, _least, _ratio, _shifted, _background, _signal }) memory.Dispose();
    }
}
