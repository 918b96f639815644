using TsMapSurvey.Likelihood;

namespace TsMapSurvey.Estimators.Tests.Reference;

/// <summary>Numerics 3.6 to 3.8 for one pixel, given all its entries: whole sums of the Cash statistic, bisection, nothing else.</summary>
internal sealed class NaivePixel
{
    private readonly double[] _counts;
    private readonly double[] _background;
    private readonly double[] _signal;
    private readonly int[] _reached;
    private readonly int[] _counted;

    public NaivePixel(IReadOnlyList<(double Counts, double Background, double Signal)> entries, double guess, TsMapOptions options)
    {
        _counts = [.. entries.Select(entry => entry.Counts)];
        _background = [.. entries.Select(entry => entry.Background)];
        _signal = [.. entries.Select(entry => entry.Signal)];
        _reached = [.. Enumerable.Range(0, _counts.Length).Where(i => _signal[i] > 0)];
        _counted = [.. _reached.Where(i => _counts[i] > 0)];
        if (_reached.Length == 0)
        {
            Status = FitStatus.NoExposure;
            return;
        }

        var isGuess = options.Threshold is { } threshold && Stat(0) - Stat(guess) <= threshold;
        if (isGuess) (At, Status) = (guess, FitStatus.Converged);
        else FindNorm();
        if (_counted.Length == 0) Status |= FitStatus.NoCounts;
        if (_counted.Length == 1 && _counts.Sum() == _counts[_counted[0]]) Status |= FitStatus.SingleEntry;
        (Ts, Stats, StatNull) = (Stat(0) - Stat(At), Stat(At), Stat(0));
        (Npred, NpredExcess) = (_background.Sum() + At * _signal.Sum(), At * _signal.Sum());
        Sensitivity = Crossing(Asimov, 0, options.NSigmaSensitivity * options.NSigmaSensitivity);
        if (Status.HasFlag(FitStatus.Converged))
        {
            Norm = At;
            var curvature = _counted.Sum(i => _counts[i] * Math.Pow(_signal[i] / Mu(i, At), 2));
            if (curvature > 0) NormErr = options.NSigma / Math.Sqrt(curvature);
        }

        if (!Status.HasFlag(FitStatus.Converged)) return;
        NormUl = At + Crossing(distance => Stat(At + distance) - Stats, 0, options.NSigmaUl * options.NSigmaUl);
        if (_counted.Length == 0) return;
        NormErrp = Crossing(distance => Stat(At + distance) - Stats, 0, options.NSigma * options.NSigma);
        double Rise(double distance) => Stat(At - distance) - Stats - options.NSigma * options.NSigma;
        if (Rise(DistanceToPole) > 0) NormErrn = Bisect(Rise, 0, DistanceToPole);
    }

    public FitStatus Status { get; private set; }

    /// <summary>The norm where there is one, else where the errors count from.</summary>
    public double At { get; private set; } = double.NaN;

    /// <summary>From there to where an entry with counts has no μ left.</summary>
    public double DistanceToPole => _counted.Length == 0 ? double.PositiveInfinity : At + _counted.Min(i => _background[i] / _signal[i]);

    /// <summary>Counts in the square, but none where the kernel is above zero.</summary>
    public bool HasUnreachedCounts => _counted.Length == 0 && _counts.Sum() > 0;

    public double Norm { get; } = double.NaN;

    /// <summary>Σ m.</summary>
    public double Signal => _signal.Sum();

    public double NormErr { get; } = double.NaN;

    public double NormErrn { get; } = double.NaN;

    public double NormErrp { get; } = double.NaN;

    public double NormUl { get; } = double.NaN;

    public double Sensitivity { get; } = double.NaN;

    public double Ts { get; } = double.NaN;

    public double Stats { get; } = double.NaN;

    public double StatNull { get; } = double.NaN;

    public double Npred { get; } = double.NaN;

    public double NpredExcess { get; } = double.NaN;

    /// <summary>Cash's statistic; a negative μ counts as zero, and one of which rounding leaves nothing.</summary>
    public double Stat(double norm) => Cash.Stat(
        _counts, [.. Enumerable.Range(0, _counts.Length).Select(i => Math.Abs(Mu(i, norm)) <= 1e-11 * _background[i] ? 0 : Mu(i, norm))]);

    /// <summary>The norms of the profile (numerics 3.8), without gammapy's random ones.</summary>
    public double[] ScanGrid()
    {
        var (norm, error) = (At == 0 ? 1 : At, NormErr > 0 ? NormErr : 0.1);
        double[] near = Linear(-2.5, 2.5, 51), wide = Linear(-10, 10, 21);
        return [.. near.Select(step => norm + step * error).Concat(wide.Select(step => norm + step * error))
            .Concat(wide.Select(step => Math.Abs(norm) * step)).Concat(wide).Append(-100).Append(100).Order()];
    }

    private static double[] Linear(double first, double last, int count) =>
        [.. Enumerable.Range(0, count).Select(i => first + i * (last - first) / (count - 1))];

    /// <summary>Where a function that ends above a target passes it, looked for ever further.</summary>
    private static double Crossing(Func<double, double> function, double from, double target)
    {
        var to = 1e-6;
        while (function(to) < target) to *= 2;
        return Bisect(x => function(x) - target, from, to);
    }

    private static double Bisect(Func<double, double> function, double low, double high)
    {
        for (var i = 0; i < 120; i++)
        {
            var middle = (low + high) / 2;
            if (function(middle) < 0) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private double Mu(int i, double norm) => _background[i] + norm * _signal[i];

    private void FindNorm()
    {
        var least = -_reached.Min(i => _background[i] / _signal[i]);
        (At, Status) = (least, FitStatus.BoundHit | FitStatus.Converged);
        if (_counted.Length == 0) return;
        var total = _counts.Sum();
        var pole = -_counted.Min(i => Math.Max(_background[i], Cash.Truncation) / _signal[i]);
        var root = Bisect(norm => _reached.Sum(i => _signal[i] - (_counts[i] > 0
            ? _counts[i] * _signal[i] / Math.Max(Mu(i, norm), Cash.Truncation) : 0)), pole, pole + total / _signal.Sum() + 1);
        if (root > least) (At, Status) = (root, FitStatus.Converged);
    }

    private double Asimov(double norm)
    {
        double[] mu = [.. Enumerable.Range(0, _counts.Length).Select(i => Mu(i, norm))];
        return Cash.Stat(mu, _background) - Cash.Stat(mu, mu);
    }
}
