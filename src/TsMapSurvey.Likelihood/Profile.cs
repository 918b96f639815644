using System.Runtime.CompilerServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>What the likelihood says around the best norm: TS, errors and limits.</summary>
public static class Profile
{
    private const int MostIterations = 80;

    /// <summary>After so many steps every other iteration halves the bracket.</summary>
    private const int MostSteps = 12;

    /// <summary>A Halley step of this fraction of the distance leaves its cube as the error.</summary>
    private const double LastStep = 1e-4;

    /// <summary>A step of this fraction of the distance is the last one whatever it leads across.</summary>
    private const double LeastStep = 1e-12;

    /// <summary>A norm is a pole when this fraction or less of an entry's background is left.</summary>
    private const double NextToPole = 1e-11;

    /// <summary>
    /// S d at a minimum is no less than the counts of the entry whose pole is at the distance d. What is as small as this comes of the
    /// truncation of a zero background, even where that entry has but a billionth of the signal.
    /// </summary>
    private const double LeastCounts = 1e-12;

    /// <summary>TS = C(0) - C(N) = 2 (Σ n ln(1 + N r) - N Σ m), for a norm at which no μ is negative.</summary>
    public static T Ts<T>(in CashBlock<T> block, T norm)
        where T : struct, ILanes<T> => Ts(block, norm, T.Of(0));

    /// <summary>TS of any norm: below the bound every negative μ counts as zero.</summary>
    /// <param name="excess">What that adds to Σ μ (<see cref="DenseSums.Cut"/>).</param>
    public static T Ts<T>(in CashBlock<T> block, T norm, T excess)
        where T : struct, ILanes<T> =>
        T.Of(2) * (CountedSums.Logarithms(block, BesidePole(block.Largest?.Ratio ?? T.Of(0), norm)) - norm * block.Signal - excess);

    /// <summary>The same where there are many norms of one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ts<T>(in CountedCurve<T> curve, T norm, T excess)
        where T : struct, ILanes<T> =>
        T.Of(2) * (curve.At(BesidePole(curve.LargestRatio, norm)) - norm * curve.Block.Signal - excess);

    /// <summary>
    /// Where a norm is the pole of a counted entry, whose μ there is nothing but rounding: its logarithm is taken just below, where it is
    /// that of the truncation. Nowhere for a largest ratio of zero, which stands for one that is not known.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T IsPole<T>(T largestRatio, T norm)
        where T : struct, ILanes<T> => T.LessOrEqual(T.Abs(T.MultiplyAdd(norm, largestRatio, T.Of(1))), T.Of(NextToPole));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T BesidePole<T>(T largestRatio, T norm)
        where T : struct, ILanes<T> => T.Select(IsPole(largestRatio, norm), norm * T.Of(1 + NextToPole), norm);

    /// <summary>n_sigma / √(½ d²C/dN²); NaN without counts.</summary>
    /// <param name="curvature">Σ n / (N + b/m)².</param>
    public static T SymmetricError<T>(T curvature, double nSigma)
        where T : struct, ILanes<T> =>
        T.Select(T.Less(T.Of(0), curvature), T.Of(nSigma) / T.Sqrt(curvature), T.Of(double.NaN));

    /// <summary>
    /// The distance above the best norm where C has grown by n_sigma². Halley's iteration on √ΔC, which is nearly a straight line
    /// (and concave), inside a bracket.
    /// </summary>
    public static T Upper<T>(in ShiftedBlock<T> shifted, double nSigma)
        where T : struct, ILanes<T>
    {
        var (zero, rise, signal, sums) = (T.Of(0), T.Of(nSigma * nSigma / 2), shifted.Entries.Signal, shifted.Sums);
        var distance = FirstGuess(signal - sums.First, sums.Second, rise);
        distance = T.MultiplyAdd(
            distance, T.Min(T.Of(0.5), sums.Third * distance / T.Max(T.Of(3) * sums.Second, T.Of(double.Epsilon))), distance);

        // From far below the minimum: it lies at most Σ n / S away, since S1 <= Σ n / d.
        distance = T.Select(T.Less(signal + signal, sums.First), T.Max(distance, shifted.Entries.TotalCounts / signal), distance);
        var (low, high) = (zero, T.Of(double.PositiveInfinity));
        var active = T.LessOrEqual(zero, zero);
        for (var iteration = 0; iteration < MostIterations && T.Any(active); iteration++)
        {
            var (logarithms, first, second) = CountedSums.Rise(shifted.Entries, distance);
            var risen = distance * signal - logarithms;
            var slope = signal - first;
            var step = Step(risen, slope, second, rise);
            var isLow = T.Less(risen, rise);
            low = T.Select(isLow, distance, low);
            high = T.Select(isLow, high, distance);
            var next = distance + step;

            // Above a minimum d times the slope is twice the rise or less. From a norm below the minimum, C falls first, and d is no
            // measure of the step.
            var done = T.LessOrEqual(T.Abs(step) * slope, T.Of(LastStep) * rise);
            var middle = T.Select(T.Less(high, T.Of(double.PositiveInfinity)), T.Of(0.5) * (low + high), distance + distance);
            next = T.Select(T.Or(done, T.And(T.Less(low, next), T.Less(next, high))), next, middle);
            distance = T.Select(active, next, distance);
            active = T.AndNot(active, done);
        }

        return distance;
    }

    /// <summary>
    /// The distance below the best norm where C has grown by n_sigma²; NaN without counts, and where it nowhere grows so much. It lies
    /// above the pole at p = min b/m over the counted entries, where C goes to infinity, so the iteration runs in v = -ln(1 - d/p). Below
    /// the bound of the norm entries without counts are cut at μ = 0, and Σ μ is no longer a straight line.
    /// </summary>
    /// <param name="cut">All entries that are cut at some norm above the pole; others may be among them.</param>
    /// <param name="norm">The best norm.</param>
    public static T Lower<T>(in ShiftedBlock<T> shifted, in DenseBlock<T> cut, T norm, double nSigma)
        where T : struct, ILanes<T>
    {
        var (zero, one, rise) = (T.Of(0), T.Of(1), T.Of(nSigma * nSigma / 2));
        var (signal, sums) = (shifted.Entries.Signal, shifted.Sums);

        // Next to the pole already, some μ is the truncation: C cannot grow.
        var exists = T.Less(T.Of(LeastCounts) * shifted.Largest, T.And(T.Less(zero, shifted.Largest), signal));
        var (active, pole) = (exists, T.Select(exists, one / shifted.Largest, one));
        var distance = pole * (one - Decay(FirstGuess(T.Max(zero, sums.First - signal), sums.Second, rise) / pole));
        var (low, high) = (zero, pole);
        for (var iteration = 0; iteration < MostIterations && T.Any(active); iteration++)
        {
            var (excess, cutSlope) = cut.Background.IsEmpty ? (zero, zero) : DenseSums.Cut(cut, norm - distance);
            var (logarithms, first, second) = CountedSums.Rise(shifted.Entries, zero - distance);
            var risen = zero - logarithms - distance * signal + excess;
            var remaining = pole - distance;
            var slopeV = (first - signal + cutSlope) * remaining;
            var stepV = Step(risen, slopeV, second * remaining * remaining - slopeV, rise);
            var isLow = T.Less(risen, rise);
            low = T.Select(isLow, distance, low);
            high = T.Select(isLow, high, distance);
            var next = pole - remaining * Decay(stepV);
            var (step, within) = (T.Abs(next - distance), T.Min(distance, remaining));

            // From a norm above the minimum C falls first: then what has risen is the measure, at a minimum both are alike.
            var near = T.And(T.LessOrEqual(step, T.Of(LastStep) * within), T.LessOrEqual(T.Abs(stepV) * slopeV, T.Of(4 * LastStep) * rise));

            // Where a cut begins the slope jumps: no last step leads across, and steps from both sides of it may lead from one to the
            // other for ever.
            if (!cut.Background.IsEmpty && T.Any(T.And(active, near)))
                near = T.And(near, T.Or(T.LessOrEqual(step, T.Of(LeastStep) * within),
                    T.LessOrEqual(T.Abs(DenseSums.Cut(cut, norm - next).Slope - cutSlope), zero)));
            var isInside = iteration < MostSteps || iteration % 2 == 0
                ? T.And(T.Less(low, next), T.Less(next, high)) : T.AndNot(active, active);
            next = T.Select(T.Or(near, isInside), next, T.Of(0.5) * (low + high));
            distance = T.Select(active, next, distance);
            active = T.AndNot(active, T.Or(near, T.LessOrEqual(high - low, T.Of(1e-15) * high)));
        }

        // At the pole μ falls to the truncation, and C grows no further.
        var isAtPole = T.And(exists, T.LessOrEqual(pole - distance, T.Of(1e-14) * pole));
        if (T.Any(isAtPole))
        {
            var most = DenseSums.Cut(cut, norm - pole).Excess - pole * signal - CountedSums.Logarithms(shifted.Entries, zero - pole);
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
