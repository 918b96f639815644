using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>What the likelihood says around the best norm: TS, errors and limits.</summary>
public static class Profile
{
    private const int MostIterations = 80;

    /// <summary>A Halley step of this fraction of the distance leaves its cube as the error.</summary>
    private const double LastStep = 1e-4;

    /// <summary>No μ of a fit is as small as this; what is smaller is the truncation of a zero background.</summary>
    private const double LeastCounts = 1e-20;

    /// <summary>TS = C(0) - C(N) = 2 (Σ n ln(1 + N r) - N Σ m), for a norm at which no μ is negative.</summary>
    public static T Ts<T>(in CashBlock<T> block, T norm)
        where T : struct, ILanes<T> =>
        T.Of(2) * (CountedSums.Logarithms(block, norm) - norm * block.Signal);

    /// <summary>TS of any norm: below the bound every negative μ counts as zero.</summary>
    /// <param name="npredNull">Σ b of the dense entries.</param>
    public static T Ts<T>(in CashBlock<T> block, in DenseBlock<T> dense, T norm, T npredNull)
        where T : struct, ILanes<T> =>
        T.Of(2) * (CountedSums.Logarithms(block, norm) - (DenseSums.Cut(dense, norm).Npred - npredNull));

    /// <summary>n_sigma / √(½ d²C/dN²); NaN without counts.</summary>
    /// <param name="curvature">Σ n / (N + b/m)².</param>
    public static T SymmetricError<T>(T curvature, double nSigma)
        where T : struct, ILanes<T> =>
        T.Select(T.Less(T.Of(0), curvature), T.Of(nSigma) / T.Sqrt(curvature), T.Of(double.NaN));

    /// <summary>
    /// The distance above the best norm where C has grown by n_sigma². Halley's iteration on √ΔC, which is nearly a straight line
    /// (and concave), inside a bracket.
    /// </summary>
    /// <param name="shifted">The block with its ratios shifted to the best norm (<see cref="CountedSums.Shift"/>).</param>
    public static T Upper<T>(in CashBlock<T> shifted, double nSigma)
        where T : struct, ILanes<T>
    {
        var (zero, rise) = (T.Of(0), T.Of(nSigma * nSigma / 2));
        var sums = CountedSums.Reciprocals(shifted, zero);
        var distance = FirstGuess(shifted.Signal - sums.First, sums.Second, rise);
        distance = T.MultiplyAdd(distance, T.Min(T.Of(0.5), sums.Third * distance / T.Max(T.Of(3) * sums.Second, T.Of(double.Epsilon))), distance);

        // From far below the minimum: it lies at most Σ n / S away, since S1 <= Σ n / d.
        distance = T.Select(T.Less(shifted.Signal + shifted.Signal, sums.First), T.Max(distance, shifted.TotalCounts / shifted.Signal), distance);
        var (low, high) = (zero, T.Of(double.PositiveInfinity));
        var active = T.LessOrEqual(zero, zero);
        for (var iteration = 0; iteration < MostIterations && T.Any(active); iteration++)
        {
            var risen = distance * shifted.Signal - CountedSums.Logarithms(shifted, distance);
            sums = CountedSums.Reciprocals(shifted, distance);
            var slope = shifted.Signal - sums.First;
            var step = Step(risen, slope, sums.Second, rise);
            var isLow = T.Less(risen, rise);
            low = T.Select(isLow, distance, low);
            high = T.Select(isLow, high, distance);
            var next = distance + step;

            // Above a minimum d times the slope is twice the rise or less. From a norm below the minimum, C falls first, and d is no measure of the step.
            var done = T.LessOrEqual(T.Abs(step) * slope, T.Of(LastStep) * rise);
            var middle = T.Select(T.Less(high, T.Of(double.PositiveInfinity)), T.Of(0.5) * (low + high), distance + distance);
            next = T.Select(T.Or(done, T.And(T.Less(low, next), T.Less(next, high))), next, middle);
            distance = T.Select(active, next, distance);
            active = T.AndNot(active, done);
        }

        return distance;
    }

    /// <summary>
    /// The distance below the best norm where C has grown by n_sigma²; NaN without counts, and where it nowhere grows so much. It lies above the pole at p = min b/m over the
    /// counted entries, where C goes to infinity, so the iteration runs in v = -ln(1 - d/p). Below the bound of the norm entries without counts
    /// are cut at μ = 0, and Σ μ is no longer a straight line.
    /// </summary>
    /// <param name="shifted">The block with its ratios shifted to the best norm.</param>
    /// <param name="norm">The best norm.</param>
    /// <param name="bound">The lowest norm at which no μ is negative.</param>
    public static T Lower<T>(in CashBlock<T> shifted, in DenseBlock<T> dense, T norm, T bound, double nSigma)
        where T : struct, ILanes<T>
    {
        var (zero, one, rise) = (T.Of(0), T.Of(1), T.Of(nSigma * nSigma / 2));
        var largest = CountedSums.Largest(shifted).Ratio;

        // Next to the pole already, some μ is the truncation (S times the distance is no less than it): C cannot grow.
        var exists = T.Less(T.Of(LeastCounts) * largest, T.And(T.Less(zero, largest), shifted.Signal));
        var (active, pole) = (exists, T.Select(exists, one / largest, one));
        var sums = CountedSums.Reciprocals(shifted, zero);
        var distance = pole * (one - Decay(FirstGuess(T.Max(zero, sums.First - shifted.Signal), sums.Second, rise) / pole));
        var (low, high, npredAtBest) = (zero, pole, DenseSums.Cut(dense, norm).Npred);
        for (var iteration = 0; iteration < MostIterations && T.Any(active); iteration++)
        {
            var (lost, slope) = (distance * shifted.Signal, shifted.Signal);
            var isCut = T.Less(norm - distance, bound);
            if (T.Any(T.And(isCut, active)))
            {
                var cut = DenseSums.Cut(dense, norm - distance);
                (lost, slope) = (T.Select(isCut, npredAtBest - cut.Npred, lost), T.Select(isCut, cut.Slope, slope));
            }

            sums = CountedSums.Reciprocals(shifted, zero - distance);
            var risen = zero - CountedSums.Logarithms(shifted, zero - distance) - lost;
            var remaining = pole - distance;
            var slopeV = (sums.First - slope) * remaining;
            var stepV = Step(risen, slopeV, sums.Second * remaining * remaining - slopeV, rise);
            var isLow = T.Less(risen, rise);
            low = T.Select(isLow, distance, low);
            high = T.Select(isLow, high, distance);
            var next = pole - remaining * Decay(stepV);
            var done = T.Or(T.LessOrEqual(T.Abs(next - distance), T.Of(LastStep) * T.Min(distance, remaining)), T.LessOrEqual(high - low, T.Of(1e-15) * high));
            next = T.Select(T.And(T.LessOrEqual(low, next), T.LessOrEqual(next, high)), next, T.Of(0.5) * (low + high));
            distance = T.Select(active, next, distance);
            active = T.AndNot(active, done);
        }

        // At the pole μ falls to the truncation, and C grows no further.
        var isAtPole = T.And(exists, T.LessOrEqual(pole - distance, T.Of(1e-14) * pole));
        if (T.Any(isAtPole))
        {
            var most = DenseSums.Cut(dense, norm - pole).Npred - npredAtBest - CountedSums.Logarithms(shifted, zero - pole);
            exists = T.AndNot(exists, T.And(isAtPole, T.Less(most, rise)));
        }

        return T.Select(exists, distance, T.Of(double.NaN));
    }

    /// <summary>Where g d + ½ c d² reaches the rise: exact for a parabola, and for a straight line (no counts).</summary>
    private static T FirstGuess<T>(T slope, T curvature, T rise)
        where T : struct, ILanes<T> =>
        T.Of(2) * rise / (slope + T.Sqrt(T.MultiplyAdd(slope, slope, T.Of(2) * curvature * rise)));

    /// <summary>Halley's step for √risen = √rise, from the derivatives of what has risen; NaN where it has not risen or falls.</summary>
    private static T Step<T>(T risen, T slope, T curvature, T rise)
        where T : struct, ILanes<T>
    {
        var (root, one) = (T.Sqrt(risen), T.Of(1));
        var newton = T.Of(2) * root * (T.Sqrt(rise) - root) / slope;
        var bend = T.Of(2) * root * curvature / (slope * slope) - one / root;
        var step = newton / T.Max(T.MultiplyAdd(T.Of(0.5) * (T.Sqrt(rise) - root), bend, one), T.Of(0.5));
        return T.Select(T.And(T.Less(T.Of(0), risen), T.Less(T.Of(0), slope)), step, T.Of(double.NaN));
    }

    /// <summary>exp(-x), right to x³/6 near zero and positive everywhere: it only shapes a step.</summary>
    private static T Decay<T>(T x)
        where T : struct, ILanes<T>
    {
        var (one, half) = (T.Of(1), T.Of(0.5) * x * x);
        return T.Select(T.Less(T.Of(0), x), one / (one + x + half), one - x + half);
    }
}
