using System.Runtime.Intrinsics;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

/// <summary>The likelihood for every width of lanes; each width is one derived class.</summary>
public abstract partial class LaneTests<T>
    where T : struct, ILanes<T>
{
    [Theory]
    [MemberData(nameof(Cases.Lengths), MemberType = typeof(Cases))]
    public void Sums_of_every_length_equal_the_plain_sums_and_read_nothing_beyond(int length)
    {
        var random = new Random(length);
        double[] Numbers(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.NextDouble())];
        var (counts, ratio, background, signal) =
            (Numbers(length, 9), Numbers(length * T.Count, 3), Numbers(length, 2), Numbers(length * T.Count, 2));
        for (var i = 0; i < length; i += 2) counts[i] = 1 + random.Next(5);
        var norm = 0.7;
        foreach (var behind in new[] { true, false })
        {
            using var n = new Guarded(counts, behind);
            using var r = new Guarded(ratio, behind);
            using var least = new Guarded(Numbers(length, 1e-25), behind);
            using var b = new Guarded(background, behind);
            using var m = new Guarded(signal, behind);
            using var shifted = new Guarded(new double[ratio.Length], behind);
            var block = new CashBlock<T> { Counts = n.Span, Ratio = r.Span, Least = least.Span, Signal = T.Of(1), TotalCounts = T.Of(1) };
            var dense = new DenseBlock<T> { Background = b.Span, Signal = m.Span };
            var sums = CountedSums.Reciprocals(block, T.Of(norm));
            double Term(int i, int lane) => ratio[i * T.Count + lane] / (1 + norm * ratio[i * T.Count + lane]);
            Each(sums.First, length, (i, lane) => counts[i] * Term(i, lane));
            Each(sums.Second, length, (i, lane) => counts[i] * Math.Pow(Term(i, lane), 2));
            Each(sums.Third, length, (i, lane) => counts[i] * Math.Pow(Term(i, lane), 3));
            Each(sums.Fourth, length, (i, lane) => counts[i] * Math.Pow(Term(i, lane), 4));
            Each(CountedSums.Logarithms(block, T.Of(norm)), length, (i, lane) =>
                counts[i] * Math.Log(1 + norm * ratio[i * T.Count + lane]));
            var largest = Pack.Values(CountedSums.Largest(block).Ratio);
            for (var lane = 0; lane < T.Count; lane++)
                Assert.Equal(Enumerable.Range(0, length).Select(i => ratio[i * T.Count + lane]).DefaultIfEmpty(0).Max(), largest[lane]);
            var around = CountedSums.Shift(block, T.Of(norm), shifted.Span);
            Assert.Equal(Pack.Values(sums.Third), Pack.Values(around.Sums.Third));
            var (logarithms, first, second) = CountedSums.Rise(block, T.Of(norm));
            Each(first, length, (i, lane) => counts[i] * Term(i, lane));
            Each(second, length, (i, lane) => counts[i] * Math.Pow(Term(i, lane), 2));
            Each(logarithms, length, (i, lane) => counts[i] * Math.Log(1 + norm * ratio[i * T.Count + lane]));
            for (var i = 0; i < ratio.Length; i++) Assert.Equal(ratio[i] / (1 + norm * ratio[i]), shifted.Span[i], 1e-14);
            var (excess, slope) = DenseSums.Cut(dense, T.Of(-norm));
            double Mu(int i, int lane, double at) => background[i] - at * signal[i * T.Count + lane];
            Each(excess, length, (i, lane) => Math.Max(0, -Mu(i, lane, norm)));
            Each(slope, length, (i, lane) => Mu(i, lane, norm) < 0 ? signal[i * T.Count + lane] : 0);
            var (one, other) = DenseSums.Excess(dense, T.Of(-norm), T.Of(-3));
            Each(one, length, (i, lane) => Math.Max(0, -Mu(i, lane, norm)));
            Each(other, length, (i, lane) => Math.Max(0, -Mu(i, lane, 3)));
            var asimov = DenseSums.Asimov(dense, T.Of(norm));
            double Growth(int i, int lane) => 1 + norm * signal[i * T.Count + lane] / background[i];
            Each(asimov.Value, length, (i, lane) =>
                background[i] * Growth(i, lane) * Math.Log(Growth(i, lane)) - norm * signal[i * T.Count + lane]);
            Each(asimov.Slope, length, (i, lane) => signal[i * T.Count + lane] * Math.Log(Growth(i, lane)));
            Each(asimov.Curvature, length, (i, lane) => Math.Pow(signal[i * T.Count + lane], 2) / (background[i] * Growth(i, lane)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases.Seeds), MemberType = typeof(Cases))]
    public void Norms_are_the_roots_that_bisection_finds_from_any_start(int seed)
    {
        var block = new PixelBlock<T>(seed, 2 + seed);
        foreach (var start in new[] { double.NaN, 0, 1, 100, -1, double.PositiveInfinity })
        {
            var fit = NormRoot.Find(block.Counted, T.Of(start), 1e-6, 100);
            Assert.All(Pack.Values(fit.Converged), mask => Assert.NotEqual(0, BitConverter.DoubleToInt64Bits(mask)));
            block.Close(fit.Norm, pixel => RandomPixel.Bisect(
                pixel.Gradient, pixel.Pole * (1 - 1e-15), pixel.Pole + pixel.Counts.Sum() / pixel.Signal.Sum() + 1), 2e-9);
            block.Close(Profile.SymmetricError(fit.Curvature, 2), pixel =>
                2 * Error(pixel, RandomPixel.Bisect(pixel.Gradient, pixel.Pole * (1 - 1e-15), 1e6)), 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Cases.Seeds), MemberType = typeof(Cases))]
    public void Ts_errors_and_limits_are_those_of_the_naive_statistic(int seed)
    {
        var block = new PixelBlock<T>(seed, 2 + seed);
        var norm = block.Lanes(pixel => pixel.BestNorm);
        block.Close(Profile.Ts(block.Counted, norm), pixel => pixel.Stat(0) - pixel.Stat(pixel.BestNorm), 1e-8);
        var shifted = block.Shifted(norm);
        foreach (var nSigma in new[] { 1.0, 3.0 })
        {
            block.Close(Profile.Upper(shifted, nSigma), pixel => Crossing(pixel, nSigma, +1, 1e4), 1e-6);
            block.Close(Profile.Lower(shifted, block.Dense, norm, nSigma), pixel =>
                Crossing(pixel, nSigma, -1, pixel.BestNorm - pixel.Pole), 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Cases.Seeds), MemberType = typeof(Cases))]
    public void The_sensitivity_is_the_norm_whose_asimov_statistic_is_the_square_of_the_confidence(int seed)
    {
        var block = new PixelBlock<T>(seed, 2 + seed);
        foreach (var start in new[] { double.NaN, 1e-3, 1e3 })
            block.Close(
                Sensitivity.Find(block.Dense, 5, T.Of(start)), pixel => RandomPixel.Bisect(norm => pixel.Asimov(norm) - 25, 0, 1e5), 1e-7);
    }

    [Fact]
    public void Without_signal_there_is_no_sensitivity_and_nan_is_accepted_as_a_start()
    {
        double[] signal = [.. Enumerable.Repeat(2.0, T.Count)];
        var block = new DenseBlock<T> { Background = [3], Signal = signal };
        var nothing = Sensitivity.Find(new DenseBlock<T> { Background = [3], Signal = new double[T.Count] }, 5, T.Of(1));
        Assert.All(Pack.Values(nothing), value => Assert.True(double.IsNaN(value)));
        Assert.Equal(Pack.Values(Sensitivity.Find(block, 5, T.Of(double.NaN))), Pack.Values(Sensitivity.Find(block, 5, nothing)));
        // 2 [μ ln(μ/b) - x m] = 25.
        Assert.All(Pack.Values(Sensitivity.Find(block, 5, nothing)), x =>
            Assert.Equal(12.5, (3 + 2 * x) * Math.Log(1 + 2 * x / 3) - 2 * x, 1e-10));
    }

    [Fact]
    public void Without_counts_there_is_no_root_and_the_limit_follows_the_line()
    {
        var block = new CashBlock<T> { Counts = [], Ratio = [], Least = [], Signal = T.Of(4), TotalCounts = T.Of(0) };
        var fit = NormRoot.Find(block, T.Of(0), 1e-6, 100);
        Assert.All(Pack.Values(fit.Norm), value => Assert.Equal(double.NegativeInfinity, value));
        Assert.All(Pack.Values(fit.NoCounts), mask => Assert.NotEqual(0, BitConverter.DoubleToInt64Bits(mask)));
        Assert.All(Pack.Values(Profile.Upper(CountedSums.Shift(block, T.Of(0), []), 2)), value => Assert.Equal(0.5, value, 1e-12));
        Assert.All(Pack.Values(Profile.SymmetricError(fit.Curvature, 1)), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void A_single_entry_with_counts_needs_no_iteration()
    {
        double[] ratio = [.. Enumerable.Repeat(2.0, T.Count)];
        var block = new CashBlock<T> { Counts = [3], Ratio = ratio, Least = [1e-25], Signal = T.Of(4), TotalCounts = T.Of(3) };
        var single = NormRoot.Find(block, T.Of(0), 1e-6, 100);
        Assert.All(
            Pack.Values(T.And(single.SingleEntry, single.Converged)), mask => Assert.NotEqual(0, BitConverter.DoubleToInt64Bits(mask)));
        // n/S - b/m; there N + b/m is n/S, and the error n/S over the root of n.
        Assert.All(Pack.Values(single.Norm), norm => Assert.Equal(0.75 - 0.5, norm, 1e-15));
        Assert.All(Pack.Values(Profile.SymmetricError(single.Curvature, 1)), error => Assert.Equal(0.75 / Math.Sqrt(3), error, 1e-15));
        Assert.All(Pack.Values(single.Iterations), count => Assert.Equal(0, count));
        // 2 (3 ln(1 + 2 · 0.25) - 0.25 · 4).
        Assert.All(Pack.Values(Profile.Ts(block, single.Norm)), ts => Assert.Equal(2 * (3 * Math.Log(1.5) - 1), ts, 1e-13));
    }

    [Fact]
    public void A_root_within_rounding_of_its_pole_needs_no_iteration()
    {
        // In the outermost part of the kernel b/m is 1e20 times n/S: the norm equals the pole in all digits, and is far below any bound.
        double[] ratio = [.. Enumerable.Repeat(1e-20, T.Count)];
        var single = NormRoot.Find(new CashBlock<T>
        {
            Counts = [1],
            Ratio = ratio,
            Least = [1e-25],
            Signal = T.Of(1),
            TotalCounts = T.Of(1)
        }, T.Of(0), 1e-6, 100);
        Assert.All(Pack.Values(single.Norm), norm => Assert.Equal(-1e20, norm));
        Assert.All(Pack.Values(single.Converged), mask => Assert.NotEqual(0, BitConverter.DoubleToInt64Bits(mask)));
    }

    [Fact]
    public void Counts_outside_the_kernel_are_ignored_and_the_limit_follows_the_line()
    {
        var block =
            new CashBlock<T> { Counts = [2], Ratio = new double[T.Count], Least = [1e-25], Signal = T.Of(4), TotalCounts = T.Of(2) };
        var unreached = NormRoot.Find(block, T.Of(0), 1e-6, 100);
        Assert.All(
            Pack.Values(T.And(unreached.Converged, unreached.NoCounts)), mask => Assert.NotEqual(0, BitConverter.DoubleToInt64Bits(mask)));
        Assert.All(Pack.Values(unreached.SingleEntry), mask => Assert.Equal(0, BitConverter.DoubleToInt64Bits(mask)));
        Assert.All(Pack.Values(unreached.Norm), value => Assert.Equal(double.NegativeInfinity, value));
        // N_min + n_sigma² / (2 S), for every N_min.
        Assert.All(Pack.Values(Profile.Upper(CountedSums.Shift(block, T.Of(-0.25), new double[T.Count]), 2)), value =>
            Assert.Equal(0.5, value, 1e-12));
        Assert.All(Pack.Values(Profile.SymmetricError(unreached.Curvature, 1)), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Huge_counts_converge_in_a_few_steps()
    {
        double[] ratio = [.. new[] { 1e-3, 5e-4, 2e-3 }.SelectMany(r => Enumerable.Repeat(r, T.Count))];
        var block =
            new CashBlock<T> { Counts = [1e9, 3e9, 2e9], Ratio = ratio, Least = [0, 0, 0], Signal = T.Of(1e6), TotalCounts = T.Of(6e9) };
        var fit = NormRoot.Find(block, T.Of(double.NaN), 1e-6, 100);
        Assert.All(Pack.Values(fit.Iterations), count => Assert.InRange(count, 1, 20));
        Assert.All(Pack.Values(CountedSums.Reciprocals(block, fit.Norm).First), value => Assert.Equal(1, value / 1e6, 1e-9));
    }

    [Fact]
    public void A_disabled_vector_width_is_not_used()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") == "0")
            Assert.DoesNotContain(LaneWidth.Bits512, LaneWidths.Accelerated);
        if (Environment.GetEnvironmentVariable("DOTNET_EnableAVX2") == "0")
            Assert.DoesNotContain(LaneWidth.Bits256, LaneWidths.Accelerated);
        if (Environment.GetEnvironmentVariable("DOTNET_EnableHWIntrinsic") == "0") Assert.False(Vector128.IsHardwareAccelerated);
        if (Environment.GetEnvironmentVariable(LaneWidths.Variable) is { } bits) Assert.Equal($"Bits{bits}", LaneWidths.Used.ToString());
        else Assert.Equal(LaneWidths.Accelerated[^1], LaneWidths.Used);
    }

    private static double Error(RandomPixel pixel, double norm) =>
        1 / Math.Sqrt(Enumerable.Range(0, pixel.Counts.Length).Where(i => pixel.Counts[i] > 0)
            .Sum(i => Math.Pow(pixel.Signal[i] / (pixel.Background[i] + norm * pixel.Signal[i]), 2) * pixel.Counts[i]));

    private static double Crossing(RandomPixel pixel, double nSigma, int direction, double furthest)
    {
        var (norm, best) = (pixel.BestNorm, pixel.Stat(pixel.BestNorm));
        return RandomPixel.Bisect(distance => pixel.Stat(norm + direction * distance) - best - nSigma * nSigma, 0, furthest);
    }

    private static void Each(T found, int length, Func<int, int, double> term)
    {
        var values = Pack.Values(found);
        for (var lane = 0; lane < T.Count; lane++)
        {
            var expected = Enumerable.Range(0, length).Sum(i => term(i, lane));
            Assert.True(Math.Abs(values[lane] - expected) <= 1e-11 * Math.Max(1, Math.Abs(expected)),
                $"lane {lane}: {values[lane]:R}, expected {expected:R}");
        }
    }
}
