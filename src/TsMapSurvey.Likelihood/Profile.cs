namespace TsMapSurvey.Likelihood;

/// <summary>What the likelihood profile around the best norm says: errors and limits.</summary>
public static class Profile
{
    /// <summary>Of a distance.</summary>
    private const double RelativeTolerance = 1e-9;

    /// <summary>Of the rise of C that defines a distance.</summary>
    private const double RiseTolerance = 1e-10;

    /// <summary>TS = C(0) - C(N) = 2 (Σ n ln(1 + N/c) - N Σ m).</summary>
    public static double Ts(in CashProblem problem, double norm) =>
        2 * (CountedSums.Logarithms(problem.Counts, problem.Ratio, norm) - norm * problem.Signal);

    /// <summary>TS of any norm, also below N_min, where μ is cut at zero.</summary>
    /// <param name="background">Σ b.</param>
    /// <param name="npred">Σ max(b + N m, 0) at a norm.</param>
    public static double CutTs(in CashProblem problem, double norm, double background, Func<double, double> npred) =>
        2 * (CountedSums.Logarithms(problem.Counts, problem.Ratio, norm) - (npred(norm) - background));

    /// <summary>n_sigma / √(½ d²C/dN²) = n_sigma / √(Σ n / (N + c)²); NaN without counts.</summary>
    public static double SymmetricError(in CashProblem problem, double norm, double nSigma)
    {
        var (_, slope) = CountedSums.Reciprocals(problem.Counts, problem.Ratio, norm);
        return slope > 0 ? nSigma / Math.Sqrt(slope) : double.NaN;
    }

    /// <summary>
    /// The distance to the norm above or below the best one where C has grown by n_sigma². The crossing is bracketed by doubling;
    /// ½ (C - C(N)) is convex, so Newton from outside approaches it monotonically, and a bisection beside each step sees it through next to a pole.
    /// </summary>
    /// <param name="problem">The pixel.</param>
    /// <param name="norm">The best norm (or the bound).</param>
    /// <param name="direction">+1 for the upper, -1 for the lower error.</param>
    /// <param name="floor">The lowest norm at which every μ is positive; a lower error that would cross it is NaN.</param>
    public static double Distance(in CashProblem problem, double norm, int direction, double nSigma, double firstGuess, double floor)
    {
        var target = nSigma * nSigma / 2;
        var atBest = Ts(problem, norm) / 2;
        double Rise(in CashProblem p, double distance) => atBest - Ts(p, norm + direction * distance) / 2 - target;
        var (inside, outside) = (0.0, double.IsFinite(firstGuess) && firstGuess > 0 ? firstGuess : target / Math.Max(problem.Signal, double.Epsilon));
        var most = direction < 0 ? norm - floor : double.PositiveInfinity;
        for (var doubling = 0; Rise(problem, Math.Min(outside, most)) < 0; doubling++)
        {
            if (outside >= most || doubling == 200) return double.NaN;
            inside = outside;
            outside *= 2;
        }

        outside = Math.Min(outside, most);
        for (var iteration = 0; iteration < 200 && outside - inside > RelativeTolerance * outside; iteration++)
        {
            var here = norm + direction * outside;
            var slope = direction * (problem.Signal - CountedSums.Reciprocals(problem.Counts, problem.Ratio, here).Sum);
            var next = outside - Rise(problem, outside) / slope;
            if (!(next > inside && next < outside)) next = (inside + outside) / 2;
            var rise = Rise(problem, next);
            if (Math.Abs(rise) <= RiseTolerance * target) return next;
            if (rise < 0) inside = next;
            else outside = next;

            // Next to a pole Newton's steps are tiny far from the crossing: halving keeps the bracket shrinking.
            var middle = (inside + outside) / 2;
            if (Rise(problem, middle) < 0) inside = middle;
            else outside = middle;
        }

        return outside;
    }

    /// <summary>
    /// The lower distance where it lies below N_min: there an entry's μ is cut at zero, so Σ μ is no longer a line. The crossing lies above the pole
    /// of the counted entries, where C goes to infinity (or to n · 115, as far as the cut lets it).
    /// </summary>
    /// <param name="npred">Σ max(b + N m, 0) at a norm.</param>
    /// <returns>NaN without counts, and where the cut profile does not rise enough.</returns>
    public static double DistanceBelowBound(in CashProblem problem, double norm, double nSigma, double floor, double background, Func<double, double> npred)
    {
        var pole = double.PositiveInfinity;
        foreach (var ratio in problem.Ratio) pole = Math.Min(pole, ratio);
        if (double.IsPositiveInfinity(pole)) return double.NaN;
        var atBest = Ts(problem, norm) / 2;
        var (inside, outside) = (norm - floor, norm + pole);
        for (var iteration = 0; iteration < 100; iteration++)
        {
            if (outside - inside <= RelativeTolerance * Math.Max(outside, NormRoot.AbsoluteTolerance)) break;
            var middle = (inside + outside) / 2;
            var here = norm - middle;
            var rise = atBest - CutTs(problem, here, background, npred) / 2 - nSigma * nSigma / 2;
            if (rise < 0) inside = middle;
            else outside = middle;
        }

        return outside;
    }
}
