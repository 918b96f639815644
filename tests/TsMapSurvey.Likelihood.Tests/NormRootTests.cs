namespace TsMapSurvey.Likelihood.Tests;

public sealed class NormRootTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 300)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_norm_is_the_root_that_bisection_finds(int seed)
    {
        var pixel = new RandomPixel(seed);
        var fit = Fit(pixel, double.NaN);
        var pole = -pixel.EntryRatio.Min();
        var root = pixel.Bisect(pixel.Gradient, pole + 1e-12 * Math.Abs(pole), pole + pixel.Counts.Sum() / pixel.Signal.Sum() + 1);
        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.True(Math.Abs(fit.Norm - root) <= 1e-9 * Math.Max(1, Math.Abs(root)), $"{fit.Norm}, expected {root}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_root_does_not_depend_on_where_the_search_starts(int seed)
    {
        var pixel = new RandomPixel(seed);
        var cold = Fit(pixel, double.NaN).Norm;
        foreach (var start in new[] { 0, 1e-3, 1, 100, -1, cold, cold * 1.1, double.PositiveInfinity, double.NegativeInfinity })
            Assert.True(Math.Abs(Fit(pixel, start).Norm - cold) <= 1e-10 * Math.Max(1, Math.Abs(cold)), $"from {start}");
    }

    [Fact]
    public void Without_counts_there_is_no_root_and_the_bound_is_left_to_the_caller()
    {
        var fit = NormRoot.Find(new CashProblem { Counts = [], Ratio = [], Signal = 2, TotalCounts = 0 }, 0, 1e-6, 100);
        Assert.Equal((double.NegativeInfinity, FitStatus.Converged | FitStatus.NoCounts), (fit.Norm, fit.Status));
    }

    [Fact]
    public void Counts_that_the_source_cannot_explain_give_no_root()
    {
        var fit = NormRoot.Find(new CashProblem { Counts = [4], Ratio = [double.PositiveInfinity], Signal = 2, TotalCounts = 4 }, 0, 1e-6, 100);
        Assert.Equal((double.NegativeInfinity, FitStatus.None, 100), (fit.Norm, fit.Status, fit.Iterations));
    }

    [Fact]
    public void A_single_counted_entry_has_no_bracket()
    {
        var fit = NormRoot.Find(new CashProblem { Counts = [2], Ratio = [0.5], Signal = 2, TotalCounts = 2 }, 0, 1e-6, 100);
        Assert.Equal(FitStatus.SingleEntry, fit.Status);
    }

    [Fact]
    public void Huge_counts_converge_in_a_few_steps()
    {
        double[] counts = [1e9, 3e9, 2e9], ratio = [1e3, 2e3, 5e2];
        var fit = NormRoot.Find(new CashProblem { Counts = counts, Ratio = ratio, Signal = 1e6, TotalCounts = 6e9 }, double.NaN, 1e-6, 100);
        Assert.InRange(fit.Iterations, 1, 20);
        Assert.Equal(1, CountedSums.Reciprocals(counts, ratio, fit.Norm).Sum / 1e6, 9);
    }

    [Fact]
    public void Too_few_iterations_are_reported_as_not_converged()
    {
        var pixel = new RandomPixel(3);
        var fit = NormRoot.Find(Problem(pixel), double.NaN, 1e-6, 1);
        Assert.Equal((1, FitStatus.None), (fit.Iterations, fit.Status));
    }

    internal static CashProblem Problem(RandomPixel pixel) => new()
    {
        Counts = pixel.EntryCounts,
        Ratio = pixel.EntryRatio,
        Signal = pixel.Signal.Sum(),
        TotalCounts = pixel.Counts.Sum(),
    };

    private static NormFit Fit(RandomPixel pixel, double start) => NormRoot.Find(Problem(pixel), start, 1e-6, 100);
}
