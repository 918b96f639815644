using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// The root of g(N) = S - S1(N), S1 = Σ n / (N + b/m), by Householder's iteration on F = 1 / S1 - 1 / S. For a single entry with counts
/// 1 / S1 is a straight line; for several it is concave and nearly straight, so few steps are needed from any start, even near a pole.
/// F' = S2 / S1² and the higher derivatives need no further division.
/// </summary>
public static class NormRoot
{
    /// <summary>Relative precision. A third-order step of a fraction q of the distance to the nearest pole leaves an error of about
    /// q⁴.</summary>
    private const double Precision = 1e-11;

    /// <summary>
    /// Finds S1 = S in the interval from n_i/S - b_i/m_i to Σ n/S - b_i/m_i, where i is the entry with the largest ratio. It always
    /// contains the root (Stewart 2009, A.2). If one entry has all counts, both ends are the root and there is no iteration: N + b_i/m_i is
    /// n_i/S, so Σ n t² is S²/n_i.
    /// </summary>
    /// <param name="block">The signal must be positive in every lane.</param>
    /// <param name="start">Start value, for example the neighbouring pixels' norms; NaN if unknown.</param>
    /// <param name="relativeTolerance">Has an effect only below 1e-11, which is always reached.</param>
    public static NormFits<T> Find<T>(in CashBlock<T> block, T start, double relativeTolerance, int maxIterations)
        where T : struct, ILanes<T>
    {
        var zero = T.Of(0);
        var (largest, countsThere) = block.Largest ?? CountedSums.Largest(block);
        var noCounts = T.LessOrEqual(largest, zero);
        var singleEntry = T.AndNot(T.LessOrEqual(block.TotalCounts, countsThere), noCounts);
        var pole = T.Of(1) / largest;
        var low = countsThere / block.Signal - pole;
        var high = block.TotalCounts / block.Signal - pole;
        var norm = T.Select(T.And(T.Less(low, start), T.Less(start, high)), start, low);
        var largestShift = T.Of(Math.Sqrt(Math.Sqrt(Math.Min(relativeTolerance, Precision))));
        var (curvature, iterations) = (T.And(singleEntry, block.Signal * block.Signal / countsThere), zero);
        var active = T.AndNot(T.AndNot(T.LessOrEqual(zero, zero), noCounts), singleEntry);
        for (var iteration = 1; iteration <= maxIterations && T.Any(active); iteration++)
        {
            var sums = CountedSums.Reciprocals(block, norm);
            var step = Step(sums, block.Signal);
            var isHigh = T.Less(sums.First, block.Signal);
            high = T.Select(isHigh, norm, high);
            low = T.Select(isHigh, low, norm);
            var next = norm + step;
            var shift = T.Abs(step) * largest / T.MultiplyAdd(norm, largest, T.Of(1));
            var done = T.And(active, T.LessOrEqual(shift, largestShift));
            curvature = T.Select(
                done, T.MultiplyAdd(step, T.MultiplyAdd(T.Of(3) * step, sums.Fourth, T.Of(-2) * sums.Third), sums.Second), curvature);
            iterations = T.Select(active, T.Of(iteration), iterations);
            var inside = T.Or(done, T.And(T.LessOrEqual(low, next), T.LessOrEqual(next, high)));
            next = T.Select(inside, next, T.Of(0.5) * (low + high));
            norm = T.Select(active, next, norm);
            active = T.AndNot(active, done);
        }

        return new NormFits<T>(
            T.Select(T.Or(noCounts, active), T.Of(double.NegativeInfinity), norm),
            iterations,
            curvature,
            T.AndNot(T.LessOrEqual(zero, zero), active),
            noCounts,
            singleEntry);
    }

    /// <summary>
    /// Householder's step of third order: -u (1 - u a / 2) / (1 - u a + u² (x² - 2 x y + y z)) with u = F / F', a = F'' / F' = 2 (x - y)
    /// and F''' / F' = 6 (x² - 2 x y + y z), where x = S2/S1, y = S3/S2, z = S4/S3. Limited to twice Newton's step.
    /// </summary>
    private static T Step<T>(in ReciprocalSums<T> sums, T signal)
        where T : struct, ILanes<T>
    {
        var one = T.Of(1);
        var (x, y) = (sums.Second / sums.First, sums.Third / sums.Second);
        var u = (signal - sums.First) / (signal * x);
        var ua = T.Of(2) * u * (x - y);
        var denominator = one - ua + u * u * (x * (x - y - y) + sums.Fourth / sums.Second);
        return T.Of(0) - u * T.Min(T.Of(2), T.Max(T.Of(0.25), (one - T.Of(0.5) * ua) / denominator));
    }
}
