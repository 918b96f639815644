namespace TsMapSurvey.Likelihood.Tests;

/// <summary>A small random fit as arrays, with the naive likelihood and bisection.</summary>
internal sealed class RandomPixel
{
    public RandomPixel(int seed, int length)
    {
        var random = new Random(seed);
        var rate = Math.Pow(10, 3 * random.NextDouble() - 2);
        (Background, Signal, Counts) = (new double[length], new double[length], new double[length]);
        for (var i = 0; i < length; i++)
        {
            Background[i] = rate * (0.2 + random.NextDouble());
            Signal[i] = random.Next(6) == 0 ? 0 : rate * random.NextDouble();
            Counts[i] = Poisson(random, Background[i] + random.NextDouble() * 2 * Signal[i]);
        }

        for (var i = 0; i < Math.Min(2, length); i++) (Counts[i], Signal[i]) = (Math.Max(Counts[i], 1), Math.Max(Signal[i], rate * 0.1));
    }

    public double[] Counts { get; }

    public double[] Background { get; }

    public double[] Signal { get; }

    /// <summary>-min b/m: below it some μ is negative.</summary>
    public double Bound => -Where(i => Signal[i] > 0).Min(i => Background[i] / Signal[i]);

    /// <summary>-min b/m over the counted entries.</summary>
    public double Pole => -Where(i => Signal[i] > 0 && Counts[i] > 0).Min(i => Background[i] / Signal[i]);

    /// <summary>The norm by bisection, no lower than the bound.</summary>
    public double BestNorm => Math.Max(Bound, Bisect(Gradient, Pole * (1 - 1e-15), Pole + Counts.Sum() / Signal.Sum() + 1));

    public double Stat(double norm) => Cash.Stat(Counts, [.. Background.Zip(Signal, (b, m) => Math.Max(b + norm * m, 0))]);

    /// <summary>g by its definition, over all entries with m &gt; 0.</summary>
    public double Gradient(double norm) =>
        Where(i => Signal[i] > 0).Sum(i => Signal[i] * (1 - (Counts[i] > 0 ? Counts[i] / (norm * Signal[i] + Background[i]) : 0)));

    /// <summary>The Asimov test statistic of a norm.</summary>
    public double Asimov(double norm)
    {
        double[] mu = [.. Background.Zip(Signal, (b, m) => b + norm * m)];
        return Cash.Stat(mu, Background) - Cash.Stat(mu, mu);
    }

    public static double Bisect(Func<double, double> rising, double low, double high)
    {
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (rising(middle) < 0) low = middle;
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

    private IEnumerable<int> Where(Func<int, bool> wanted) => Enumerable.Range(0, Counts.Length).Where(wanted);
}
