namespace TsMapSurvey.Plots.Tests;

public sealed class PercentilesTests
{
    [Fact]
    public void Selection_agrees_with_sorting()
    {
        var random = new Random(3);
        for (var length = 1; length < 200; length++)
        {
            // Few different values make many ties.
            double[] values = [.. Enumerable.Range(0, length).Select(_ => length % 2 == 0 ? random.Next(5) : random.NextDouble())];
            double[] sorted = [.. values.Order()];
            foreach (var percentile in new[] { 0, 0.5, 2, 33.3, 50, 98, 100 })
            {
                var rank = percentile / 100 * (length - 1);
                var below = (int)rank;
                var expected = sorted[below] + (rank - below) * (sorted[Math.Min(below + 1, length - 1)] - sorted[below]);
                Assert.Equal(expected, Percentiles.Of(values.ToArray(), percentile), 12);
            }
        }
    }

    [Fact]
    public void What_is_not_finite_does_not_count()
    {
        Assert.Equal((1, 3), Percentiles.Range([double.NaN, 3, double.NegativeInfinity, 1, 2, double.PositiveInfinity], 0, 100));
        Assert.True(double.IsNaN(Percentiles.Range([double.NaN], 0, 100).Low));
    }
}
