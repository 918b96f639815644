namespace TsMapSurvey.Likelihood;

/// <summary>
/// The root of g(N) = S - Σ n / (N + c). To the right of its pole at -min c, g increases and is concave, so Newton's
/// tangent crosses zero left of the root: from any start with g ≤ 0 the steps climb monotonically to the root, and from
/// g &gt; 0 one step lands left of it (behind the lower bound at worst, where it is stopped).
/// </summary>
public static class NormRoot
{
    /// <summary>Absolute resolution of a norm, as gammapy's root finder has it.</summary>
    public const double AbsoluteTolerance = 2e-12;

    /// <summary>Newton squares its error: a last step of 1e-6 leaves 1e-12, so that a result does not depend on the start.</summary>
    private const double LargestLastStep = 1e-6;

    /// <summary>
    /// Σ m - n/(N + c) = 0 on [a, b] with a = n_i/S - c_i for the smallest c_i and b = Σ n/S - c_i, which always brackets
    /// the root (Stewart 2009, A.2).
    /// </summary>
    /// <param name="problem">With a positive signal.</param>
    /// <param name="start">Where to begin, for example the neighbouring pixel's norm; NaN for no idea.</param>
    /// <returns>
    /// A norm of -∞, for the caller to stop at its bound: without counts (converged), with counts only where m = 0 (not), and
    /// where one entry has all the counts (not): then a = b, and gammapy, whose maps this agrees with, finds no bracket.
    /// </returns>
    /// <param name="relativeTolerance">The last step is smaller than this times N.</param>
    public static NormFit Find(in CashProblem problem, double start, double relativeTolerance, int maxIterations)
    {
        if (!(problem.TotalCounts > 0)) return new NormFit(double.NegativeInfinity, 0, FitStatus.Converged | FitStatus.NoCounts);
        var (pole, countsAtPole) = SmallestRatio(problem);
        if (double.IsPositiveInfinity(pole)) return new NormFit(double.NegativeInfinity, maxIterations, FitStatus.None);
        if (countsAtPole >= problem.TotalCounts) return new NormFit(double.NegativeInfinity, maxIterations, FitStatus.SingleEntry);
        var lowest = countsAtPole / problem.Signal - pole;
        var highest = problem.TotalCounts / problem.Signal - pole;
        var norm = start > lowest && start < highest ? start : lowest;
        var tolerance = Math.Min(relativeTolerance, LargestLastStep);
        for (var iteration = 1; iteration <= maxIterations; iteration++)
        {
            var (sum, slope) = CountedSums.Reciprocals(problem.Counts, problem.Ratio, norm);
            var next = Math.Max(norm - (problem.Signal - sum) / slope, lowest);
            var step = Math.Abs(next - norm);
            norm = next;
            if (step <= AbsoluteTolerance + tolerance * Math.Abs(norm)) return new NormFit(norm, iteration, FitStatus.Converged);
        }

        return new NormFit(norm, maxIterations, FitStatus.None);
    }

    private static (double Ratio, double Counts) SmallestRatio(in CashProblem problem)
    {
        if (problem.Ratio.IsEmpty) return (double.PositiveInfinity, 0);
        var best = 0;
        for (var i = 1; i < problem.Ratio.Length; i++)
            if (problem.Ratio[i] < problem.Ratio[best]) best = i;
        return (problem.Ratio[best], problem.Counts[best]);
    }
}
