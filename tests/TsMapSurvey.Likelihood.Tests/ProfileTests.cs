namespace TsMapSurvey.Likelihood.Tests;

public sealed class ProfileTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ts_is_the_difference_of_the_cash_statistics(int seed)
    {
        var (pixel, norm) = Best(seed);
        var expected = pixel.Stat(0) - pixel.Stat(norm);
        Close(expected, Profile.Ts(NormRootTests.Problem(pixel), norm), 1e-9 * Math.Max(1, Math.Abs(pixel.Stat(0))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_symmetric_error_is_the_curvature_of_the_statistic(int seed)
    {
        var (pixel, norm) = Best(seed);
        var expected = 1 / Math.Sqrt(Enumerable.Range(0, pixel.Counts.Count).Where(i => pixel.Counts[i] > 0).Sum(i => Math.Pow(pixel.Signal[i] / (pixel.Background[i] + norm * pixel.Signal[i]), 2) * pixel.Counts[i]));
        Close(2 * expected, Profile.SymmetricError(NormRootTests.Problem(pixel), norm, 2), 1e-9 * expected);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void At_the_upper_distance_the_statistic_has_grown_by_the_square_of_the_confidence(int seed)
    {
        var (pixel, norm) = Best(seed);
        foreach (var nSigma in new[] { 1.0, 3.0 })
        {
            var distance = Profile.Distance(NormRootTests.Problem(pixel), norm, +1, nSigma, double.NaN, pixel.Floor);
            Close(nSigma * nSigma, pixel.Stat(norm + distance) - pixel.Stat(norm), 1e-6 * nSigma * nSigma + 1e-9 * Math.Abs(pixel.Stat(norm)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_lower_distance_exists_only_above_the_bound(int seed)
    {
        var (pixel, norm) = Best(seed);
        var distance = Profile.Distance(NormRootTests.Problem(pixel), norm, -1, 1, double.NaN, pixel.Floor);
        var rise = pixel.Stat(pixel.Floor + 1e-12) - pixel.Stat(norm);
        if (double.IsNaN(distance))
        {
            Assert.True(rise < 1 + 1e-6, $"the statistic rises by {rise} above the bound");
            return;
        }

        // Next to a pole the statistic climbs without limit within the distance's precision: the crossing is bracketed by it.
        var tolerance = 1e-6 + 1e-9 * Math.Abs(pixel.Stat(norm));
        Assert.True(pixel.Stat(norm - distance * (1 + 3e-9)) - pixel.Stat(norm) >= 1 - tolerance);
        Assert.True(pixel.Stat(norm - distance * (1 - 3e-9)) - pixel.Stat(norm) <= 1 + tolerance);
    }

    [Fact]
    public void Without_counts_the_symmetric_error_is_not_a_number_and_the_limit_follows_the_line()
    {
        var problem = new CashProblem { Counts = [], Ratio = [], Signal = 4, TotalCounts = 0 };
        Assert.True(double.IsNaN(Profile.SymmetricError(problem, -0.1, 1)));
        Close(4.0 / (2 * 4), Profile.Distance(problem, -0.1, +1, 2, double.NaN, -0.1), 1e-8);
    }

    private static (RandomPixel Pixel, double Norm) Best(int seed)
    {
        var pixel = new RandomPixel(seed);
        var norm = NormRoot.Find(NormRootTests.Problem(pixel), double.NaN, 1e-6, 100).Norm;
        return (pixel, Math.Max(norm, pixel.Floor));
    }

    private static void Close(double expected, double found, double tolerance) =>
        Assert.True(Math.Abs(expected - found) <= tolerance, $"{found}, expected {expected} within {tolerance}");
}
