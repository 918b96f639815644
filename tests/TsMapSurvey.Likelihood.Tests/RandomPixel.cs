namespace TsMapSurvey.Likelihood.Tests;

/// <summary>A small random fit as whole arrays, with the naive likelihood of numerics 3.6 on them.</summary>
internal sealed class RandomPixel
{
    public RandomPixel(int seed)
    {
        var random = new Random(seed);
        var length = 2 + random.Next(60);
        var rate = Math.Pow(10, 3 * random.NextDouble() - 2);
        for (var i = 0; i < length; i++)
        {
            Background.Add(rate * (0.2 + random.NextDouble()));
            Signal.Add(random.Next(6) == 0 ? 0 : rate * random.NextDouble());
            Counts.Add(Poisson(random, Background[i] + random.NextDouble() * 2 * Signal[i]));
        }

        Counts[0] = Math.Max(Counts[0], 1);
        Counts[1] = Math.Max(Counts[1], 1);
        Signal[0] = Math.Max(Signal[0], rate * 0.1);
        Signal[1] = Math.Max(Signal[1], rate * 0.1);
    }

    public List<double> Counts { get; } = [];

    public List<double> Background { get; } = [];

    public List<double> Signal { get; } = [];

    public double[] EntryCounts => [.. Indices.Select(i => Counts[i])];

    public double[] EntryRatio => [.. Indices.Select(i => Background[i] / Signal[i])];

    public double Floor => -Enumerable.Range(0, Signal.Count).Where(i => Signal[i] > 0).Min(i => Background[i] / Signal[i]);

    private IEnumerable<int> Indices => Enumerable.Range(0, Counts.Count).Where(i => Counts[i] > 0 && Signal[i] > 0);

    public double Stat(double norm) => Cash.Stat([.. Counts], [.. Background.Zip(Signal, (b, m) => b + norm * m)]);

    /// <summary>g by its definition, over all entries with m &gt; 0.</summary>
    public double Gradient(double norm) => Enumerable.Range(0, Counts.Count).Where(i => Signal[i] > 0)
        .Sum(i => Signal[i] * (1 - Counts[i] / (norm * Signal[i] + Background[i])));

    public double Bisect(Func<double, double> function, double low, double high)
    {
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (function(middle) < 0) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
