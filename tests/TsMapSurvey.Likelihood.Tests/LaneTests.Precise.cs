using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

/// <content>Random small problems, and one of every length in guarded memory, compared with a reference of thirty digits.</content>
public abstract partial class LaneTests<T>
    where T : struct, ILanes<T>
{
    private const double Precision = 1e-9;

    [Fact]
    public void Results_of_small_problems_have_nine_correct_digits() =>
        FitProblem.Small.ForSeeded(problem => Prove(problem, guardBehind: true), count: 300);

    [Theory]
    [MemberData(nameof(Cases.Lengths), MemberType = typeof(Cases))]
    public void Results_of_every_length_are_correct_and_no_memory_outside_is_read(int length)
    {
        var random = new Random(length);
        double[] Rates(int least) =>
            [.. Enumerable.Range(0, length).Select(_ => random.Next(8) < least ? 0 : Math.Pow(10, 3 * random.NextDouble() - 2))];
        var problem = new FitProblem([.. Enumerable.Range(0, length).Select(_ => (double)Math.Max(0, random.Next(7) - 3))], Rates(1),
            [.. Enumerable.Range(0, FitProblem.Pixels).Select(_ => Rates(2))]);
        foreach (var behind in new[] { true, false })
        {
            if (problem.IsFit) Prove(problem, behind);
            else Touch(problem, behind);
        }
    }

    /// <summary>Nothing to fit: checks only that no memory outside is accessed and that the iterations end.</summary>
    private static void Touch(FitProblem problem, bool guardBehind)
    {
        using var block = new ProblemBlock<T>(problem, guardBehind);
        Assert.All(Pack.Values(CountedSums.Largest(block.Counted).Ratio), ratio => Assert.True(ratio >= 0));
        Assert.All(
            Pack.Values(NormRoot.Find(block.Counted, T.Of(0), 1e-6, 100).Iterations), iterations => Assert.InRange(iterations, 0, 100));
        Assert.All(Pack.Values(Profile.Ts(block.Counted, T.Of(0), DenseSums.Cut(block.Dense, T.Of(0)).Excess)), ts =>
            Assert.False(double.IsNaN(ts)));
        Profile.Upper(block.Shift(T.Of(0)), 1);
        Profile.Lower(block.Shift(T.Of(0)), block.Dense, T.Of(0), 1);
        Sensitivity.Find(block.Dense, 1, T.Of(double.NaN));
    }

    private static void Prove(FitProblem problem, bool guardBehind)
    {
        using var block = new ProblemBlock<T>(problem, guardBehind);
        PreciseFit[] exact = [.. Enumerable.Range(0, T.Count).Select(pixel => new PreciseFit(problem, pixel))];
        var (fit, finer) =
            (NormRoot.Find(block.Counted, T.Of(double.NaN), 1e-9, 100), NormRoot.Find(block.Counted, T.Of(double.NaN), 1e-15, 100));
        var (norms, error, finerError) = (Pack.Values(fit.Norm), Pack.Values(Profile.SymmetricError(fit.Curvature, 1)),
            Pack.Values(Profile.SymmetricError(finer.Curvature, 1)));
        var best = new double[T.Count];
        for (var lane = 0; lane < T.Count; lane++)
        {
            var pixel = exact[lane];
            Assert.Equal(!pixel.HasRoot, IsTrue(fit.NoCounts, lane));
            Assert.Equal(pixel.IsSingleEntry, IsTrue(fit.SingleEntry, lane));
            Assert.True(IsTrue(fit.Converged, lane));
            if (!pixel.HasRoot) Assert.Equal(double.NegativeInfinity, norms[lane]);
            else ProveRoot(pixel, norms[lane], error[lane], finerError[lane]);
            best[lane] = Math.Max(norms[lane], (double)pixel.Bound);
        }

        ProveProfile(block, exact, best);
        foreach (var nSigma in new[] { 0.5, 5 })
        {
            var sensitivity = Pack.Values(Sensitivity.Find(block.Dense, nSigma, T.Of(double.NaN)));
            for (var lane = 0; lane < T.Count; lane++) Encloses(
                exact[lane].Asimov, nSigma * nSigma / 2, sensitivity[lane], Precision * sensitivity[lane]);
        }
    }

    /// <summary>
    /// The root is as precise as its distance to the pole, because N = distance - pole: digits cancel, and the pole is rounded to sixteen
    /// digits. A norm near zero therefore has no relative precision of its own. The curvature is computed by a series in the last step of
    /// the iteration: it has seven digits with the default precision of the norm (eleven digits), and nine with a smaller tolerance.
    /// </summary>
    private static void ProveRoot(PreciseFit pixel, double norm, double error, double finerError)
    {
        var (pole, root) = ((double)pixel.Pole, pixel.Root());
        var distance = (double)(root + pole);
        Assert.True((double)DoubleDouble.Abs(root - norm) <= Precision * distance
            + 1e-14 * pole, $"norm {norm:R}, expected {(double)root:R}, pole {pole:R}");
        var exact = 1 / Math.Sqrt((double)pixel.Curvature(root));
        Relative(exact, error, 2e-8 + 1e-14 * pole / distance, "norm_err");
        Relative(exact, finerError, Precision + 1e-14 * pole / distance, "norm_err asked for");
    }

    /// <summary>
    /// TS and distances are computed from the given norm, so that its error does not matter. TS is a difference of logarithms: their
    /// rounding error is added to the tolerance, and that of μ near the pole. If the norm is exactly the pole, an entry with counts has μ =
    /// 0 and there is no profile.
    /// </summary>
    private static void ProveProfile(ProblemBlock<T> block, PreciseFit[] exact, double[] best)
    {
        var norm = Pack.Lanes<T>(best);
        var ts = Pack.Values(Profile.Ts(block.Counted, norm));
        var below = Pack.Lanes<T>([.. best.Select(value => value - 1 - Math.Abs(value))]);
        var tsBelow = Pack.Values(Profile.Ts(block.Counted, below, DenseSums.Cut(block.Dense, below).Excess));
        var shifted = block.Shift(norm);
        for (var lane = 0; lane < T.Count; lane++)
        {
            var (pixel, at) = (exact[lane], best[lane]);
            if (pixel.Pole > 0 && at + (double)pixel.Pole <= 1e-9 * (double)pixel.Pole) continue;
            Relative(-2 * (double)pixel.Rise(0, at), ts[lane], Precision, "ts",
                2e-15 * (double)(pixel.Logarithms(at) + pixel.Rounding(at) + DoubleDouble.Abs(pixel.Signal * at)));
            var (lower, rounding) = (Pack.Values(below)[lane], (double)pixel.Rounding(Pack.Values(below)[lane]));
            if (rounding < 1e9) Relative(-2 * (double)pixel.Rise(0, lower), tsBelow[lane], Precision, "ts below",
                1e-12 * (double)pixel.Signal * (1 + Math.Abs(at)) + 2e-15 * rounding);
        }

        foreach (var nSigma in new[] { 1.0, 3.0 })
        {
            var (upper, lower) =
                (Pack.Values(Profile.Upper(shifted, nSigma)), Pack.Values(Profile.Lower(shifted, block.Dense, norm, nSigma)));
            for (var lane = 0; lane < T.Count; lane++)
            {
                var (pixel, at) = (exact[lane], best[lane]);
                var distance = at + (double)pixel.Pole;
                if (pixel.Pole > 0 && distance <= 1e-9 * (double)pixel.Pole) continue;
                var tolerance = Precision + (pixel.Pole > 0 ? 1e-14 * (double)pixel.Pole / distance : 0);
                Encloses(step => pixel.Rise(at, at + step), nSigma * nSigma / 2, upper[lane], tolerance * upper[lane]);
                ProveLower(pixel, at, nSigma * nSigma / 2, lower[lane], tolerance);
            }
        }
    }

    /// <summary>
    /// At the pole μ reaches the truncation, which the code takes relative to the best μ. If C rises enough only within a billionth of the
    /// pole, both that distance and NaN are correct.
    /// </summary>
    private static void ProveLower(PreciseFit pixel, double norm, double rise, double found, double tolerance)
    {
        var reach = norm + pixel.Pole;
        if (!pixel.HasRoot) Assert.True(double.IsNaN(found));
        else if (pixel.Rise(norm, norm - reach * (1 - tolerance)) > rise)
            Encloses(step => pixel.Rise(norm, norm - step), rise, found, tolerance * found);
        else if (pixel.Rise(norm, -pixel.Pole) < rise - 10 * pixel.ExplainedCounts)
            Assert.True(double.IsNaN(found), $"found {found:R}, but C does not grow so much");
        else Assert.True(double.IsNaN(found)
            || Math.Abs(found - (double)reach) <= tolerance * found, $"found {found:R}, the pole is at {(double)reach:R}");
    }

    /// <summary>Checks that an increasing function reaches its target within a tolerance around the result.</summary>
    private static void Encloses(Func<DoubleDouble, DoubleDouble> rising, double target, double found, double tolerance)
    {
        Assert.True(found > 0, $"{found:R} is not positive");
        var (low, high) = (rising((DoubleDouble)found - tolerance), rising((DoubleDouble)found + tolerance));
        Assert.True(low < target
            && high > target, $"at {found:R} ± {tolerance:R} between {(double)low:R} and {(double)high:R}, expected {target:R}");
    }

    private static void Relative(double expected, double found, double tolerance, string what, double more = 0) =>
        Assert.True(Math.Abs(expected - found) <= tolerance * Math.Abs(expected) + more, $"{what} {found:R}, expected {expected:R}");

    private static bool IsTrue(T mask, int lane) => BitConverter.DoubleToInt64Bits(Pack.Values(mask)[lane]) != 0;
}
