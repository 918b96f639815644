using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// The norm of a source whose expected significance is n_sigma: the test statistic of its Asimov data set is n_sigma² (Cowan et al. 2011,
/// EPJ C 71, 1554).
/// </summary>
public static class Sensitivity
{
    private const int MaxIterations = 100;
    private const double LastStep = 1e-4;

    /// <summary>Returns a positive norm, or NaN without signal. Halley's iteration on √A, which is concave and for small x linear in x.
    /// </summary>
    /// <param name="start">Start value, for example the neighbouring pixels' results; NaN if unknown.</param>
    public static T Find<T>(in DenseBlock<T> dense, double nSigma, T start)
        where T : struct, ILanes<T>
    {
        var (zero, target) = (T.Of(0), T.Of(nSigma * nSigma / 2));
        var guess = FirstGuess(dense, nSigma);
        var active = T.Less(guess, T.Of(double.PositiveInfinity));
        var norm = T.Select(active, T.Select(T.Less(zero, start), start, guess), T.Of(double.NaN));
        var (low, high) = (zero, T.Of(double.PositiveInfinity));
        for (var iteration = 0; iteration < MaxIterations && T.Any(active); iteration++)
        {
            var (value, slope, curvature) = DenseSums.Asimov(dense, norm);
            var root = T.Sqrt(value);
            var newton = T.Of(2) * root * (T.Sqrt(target) - root) / slope;
            var bend = T.Of(2) * root * curvature / (slope * slope) - T.Of(1) / root;
            var step = newton / T.Max(T.MultiplyAdd(T.Of(0.5) * (T.Sqrt(target) - root), bend, T.Of(1)), T.Of(0.5));
            var isLow = T.Less(value, target);
            low = T.Select(isLow, norm, low);
            high = T.Select(isLow, high, norm);
            var next = norm + step;
            var done = T.LessOrEqual(T.Abs(step), T.Of(LastStep) * norm);
            var middle = T.Select(T.Less(high, T.Of(double.PositiveInfinity)), T.Of(0.5) * (low + high), norm + norm);
            next = T.Select(T.Or(done, T.And(T.Less(low, next), T.Less(next, high))), next, middle);
            norm = T.Select(active, next, norm);
            active = T.AndNot(active, done);
        }

        return norm;
    }

    /// <summary>n_sigma / √Σ m²/b, the limit for a weak source and a strong background; infinite without signal.</summary>
    private static T FirstGuess<T>(in DenseBlock<T> dense, double nSigma)
        where T : struct, ILanes<T>
    {
        var sum = T.Of(0);
        for (var i = 0; i < dense.Background.Length; i++)
        {
            var signal = T.Load(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(dense.Signal), i * T.Count);
            sum = T.MultiplyAdd(signal, signal / T.Of(Math.Max(dense.Background[i], Cash.Truncation)), sum);
        }

        return T.Of(nSigma) / T.Sqrt(sum);
    }
}
