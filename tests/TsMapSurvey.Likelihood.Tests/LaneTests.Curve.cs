namespace TsMapSurvey.Likelihood.Tests;

/// <content>Many norms of one block.</content>
public abstract partial class LaneTests<T>
{
    [Theory]
    [MemberData(nameof(Cases.Lengths), MemberType = typeof(Cases))]
    public void A_curve_of_every_length_equals_the_plain_sums_at_each_norm_and_reads_nothing_beyond(int length)
    {
        var random = new Random(length);
        foreach (var behind in new[] { true, false })
        {
            using var block = Random(random, length, largest: 3, behind);
            double[] norms = [0, 1e-9, 0.7, 40, 1e12, -0.01, -0.16, -0.2, -1, -1000];
            foreach (var norm in norms) AtEqualsTheSums(block, [.. Enumerable.Repeat(norm, T.Count)]);

            // The result of a lane does not depend on the other lanes.
            double[] mixed = [.. Enumerable.Range(0, T.Count).Select(lane => norms[(lane + length) % norms.Length])];
            var together = AtEqualsTheSums(block, mixed);
            for (var lane = 0; lane < T.Count; lane++) Assert.Equal(
                AtEqualsTheSums(block, [.. Enumerable.Repeat(mixed[lane], T.Count)])[lane], together[lane]);
        }
    }

    [Theory]
    [InlineData(1e36)]
    [InlineData(1e69)]
    [InlineData(1e200)]
    [InlineData(1e250)]
    public void A_curve_of_huge_ratios_is_finite(double largest)
    {
        using var block = Random(new Random(1), 40, largest, guardBehind: true);
        foreach (var growth in new[] { 0, 1e-3, 1, 1e30, 1e140, -1e-3, -0.7, -1e6 })
            AtEqualsTheSums(block, [.. Enumerable.Repeat(growth / largest, T.Count)]);
    }

    private static double[] AtEqualsTheSums(ProblemBlock<T> block, double[] norms)
    {
        var counted = block.Counted;
        var ends = new int[counted.Ends.Length];
        using var room = new Guarded(new double[(counted.Counts.Length + 3 * ends.Length) * T.Count], guardBehind: true);
        var found = Pack.Values(new CountedCurve<T>(counted, room.Span, ends).At(Pack.Lanes<T>(norms)));
        for (var lane = 0; lane < T.Count; lane++)
        {
            var (expected, size) = (0.0, 0.0);
            for (var i = 0; i < counted.Counts.Length; i++)
            {
                var term = counted.Counts[i] * Math.Log(Math.Max(1 + norms[lane] * counted.Ratio[i * T.Count + lane], counted.Least[i]));
                (expected, size) = (expected + term, size + Math.Abs(term));
            }

            // A negative norm may lose two digits of each factor 1 + N r; near a pole the factor itself is rounded.
            Assert.True(Math.Abs(found[lane] - expected) <= 1e-12 * size
                + 1e-12 * counted.Counts.Length, $"norm {norms[lane]:R}: {found[lane]:R}, expected {expected:R}");
        }

        return found;
    }

    private static ProblemBlock<T> Random(Random random, int length, double largest, bool guardBehind) =>
        new(new FitProblem(
            [.. Enumerable.Range(0, length).Select(_ => random.Next(12) < 9 ? random.Next(4) : (double)random.Next(30))],
            [.. Enumerable.Range(0, length).Select(_ => 0.1 + random.NextDouble())],
            [.. Enumerable.Range(0, FitProblem.Pixels).Select(_ => (double[])[
                .. Enumerable.Range(0, length).Select(_ => random.Next(6) == 0 ? 0 : largest * random.NextDouble() / 10)])]), guardBehind);
}
