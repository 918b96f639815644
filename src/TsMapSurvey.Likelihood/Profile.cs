using System.Runtime.CompilerServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>The likelihood profile around the best norm: TS, errors and limits.</summary>
public static class Profile
{
    private const int MaxIterations = 80;

    /// <summary>After this number of steps every other iteration bisects the bracket.</summary>
    private const int MaxFreeSteps = 12;

    /// <summary>The last step, as a fraction of the distance. The error of a Halley step is the cube of its size.</summary>
    private const double LastStep = 1e-4;

    /// <summary>A step of this fraction of the distance ends the iteration even if it crosses a kink.</summary>
    private const double MinStep = 1e-12;

    /// <summary>A norm is at a pole if at most this fraction of an entry's background remains.</summary>
    private const double PoleTolerance = 1e-11;

    /// <summary>
    /// At a minimum, S d is at least the counts of the entry whose pole is at the distance d. Smaller values come from the truncation of a
    /// zero background, even if that entry has only a billionth of the signal.
    /// </summary>
    private const double MinCounts = 1e-12;

    /// <summary>TS = C(0) - C(N) = 2 (Σ n ln(1 + N r) - N Σ m), for norms without negative μ.</summary>
    public static T Ts<T>(in CashBlock<T> block, T norm)
        where T : struct, ILanes<T> => Ts(block, norm, T.Of(0));

    /// <summary>TS for any norm: a negative μ is set to zero.</summary>
    /// <param name="excess">What this adds to Σ μ (<see cref="DenseSums.Cut"/>).</param>
    public static T Ts<T>(in CashBlock<T> block, T norm, T excess)
        where T : struct, ILanes<T> =>
        T.Of(2) * (CountedSums.Logarithms(block, AvoidPole(block.Largest?.Ratio ?? T.Of(0), norm)) - norm * block.Signal - excess);

    /// <summary>TS for any norm, faster for many norms of one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ts<T>(in CountedCurve<T> curve, T norm, T excess)
        where T : struct, ILanes<T> =>
        T.Of(2) * (curve.At(AvoidPole(curve.LargestRatio, norm)) - norm * curve.Block.Signal - excess);

    /// <summary>
    /// Whether a norm is at the pole of an entry with counts, where its μ is only rounding error. The logarithm is then taken just below
    /// the pole, where μ is the truncation. False if the largest ratio is unknown (zero).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T IsPole<T>(T largestRatio, T norm)
        where T : struct, ILanes<T> => T.LessOrEqual(T.Abs(T.MultiplyAdd(norm, largestRatio, T.Of(1))), T.Of(PoleTolerance));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AvoidPole<T>(T largestRatio, T norm)
        where T : struct, ILanes<T> => T.Select(IsPole(largestRatio, norm), norm * T.Of(1 + PoleTolerance), norm);

    /// <summary>n_sigma / √(½ d²C/dN²); NaN without counts.</summary>
    /// <param name="curvature">Σ n / (N + b/m)².</param>
    public static T SymmetricError<T>(T curvature, double nSigma)
        where T : struct, ILanes<T> =>
        T.Select(T.Less(T.Of(0), curvature), T.Of(nSigma) / T.Sqrt(curvature), T.Of(double.NaN));

    /// <summary>
    /// The distance above the best norm at which C has risen by n_sigma². Bracketed Halley iteration on √ΔC, which is concave and nearly a
    /// straight line.
    /// </summary>
    public static T Upper<T>(in ShiftedBlock<T> shifted, double nSigma)
        where T : struct, ILanes<T>
    {
        var (zero, rise, signal, sums) = (T.Of(0), T.Of(nSigma * nSigma / 2), shifted.Entries.Signal, shifted.Sums);
        var distance = FirstGuess(signal - sums.First, sums.Second, rise);
        distance = T.MultiplyAdd(
            distance, T.Min(T.Of(0.5), sums.Third * distance / T.Max(T.Of(3) * sums.Second, T.Of(double.Epsilon))), distance);

        // If the norm is far below the minimum: the minimum is at most Σ n / S away, since S1 <= Σ n / d.
        distance = T.Select(T.Less(signal + signal, sums.First), T.Max(distance, shifted.Entries.TotalCounts / signal), distance);
        var (low, high) = (zero, T.Of(double.PositiveInfinity));
        var active = T.LessOrEqual(zero, zero);
        for (var iteration = 0; iteration < MaxIterations && T.Any(active); iteration++)
        {
            var (logarithms, first, second) = CountedSums.Rise(shifted.Entries, distance);
            var risen = distance * signal - logarithms;
            var slope = signal - first;
            var step = Step(risen, slope, second, rise);
            var isLow = T.Less(risen, rise);
            low = T.Select(isLow, distance, low);
            high = T.Select(isLow, high, distance);
            var next = distance + step;

            // Above a minimum, d times the slope is at most twice the rise. If the norm is below the minimum, C falls first, so the step
            // cannot be compared with d.
            var done = T.LessOrEqual(T.Abs(step) * slope, T.Of(LastStep) * rise);
            var middle = T.Select(T.Less(high, T.Of(double.PositiveInfinity)), T.Of(0.5) * (low + high), distance + distance);
            next = T.Select(T.Or(done, T.And(T.Less(low, next), T.Less(next, high))), next, middle);
            distance = T.Select(active, next, distance);
            active = T.AndNot(active, done);
        }

        return distance;
    }

    /// <summary>
    /// The distance below the best norm at which C has risen by n_sigma²; NaN without counts, or if C never rises that much. C goes to
    /// infinity at the pole p = min b/m over the entries with counts, so the iteration uses v = -ln(1 - d/p). Below the bound of the norm,
    /// μ of entries without counts is cut at 0, and Σ μ is no longer linear.
    /// </summary>
    /// <param name="cut">At least all entries that are cut at some norm above the pole.</param>
    /// <param name="norm">The best norm.</param>
    public static T Lower<T>(in ShiftedBlock<T> shifted, in DenseBlock<T> cut, T norm, double nSigma)
        where T : struct, ILanes<T>
    {
        var (zero, one, rise) = (T.Of(0), T.Of(1), T.Of(nSigma * nSigma / 2));
        var (signal, sums) = (shifted.Entries.Signal, shifted.Sums);

        // If the best norm is at the pole, μ of an entry is the truncation and C cannot rise.
        var exists = T.Less(T.Of(MinCounts) * shifted.Largest, T.And(T.Less(zero, shifted.Largest), signal));
        var (active, pole) = (exists, T.Select(exists, one / shifted.Largest, one));
        var distance = pole * (one - Decay(FirstGuess(T.Max(zero, sums.First - signal), sums.Second, rise) / pole));
        var (low, high) = (zero, pole);
        for (var iteration = 0; iteration < MaxIterations && T.Any(active); iteration++)
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

            // If the norm is above the minimum, C falls first, so the step in C is compared too; at a minimum both criteria agree.
            var near = T.And(T.LessOrEqual(step, T.Of(LastStep) * within), T.LessOrEqual(T.Abs(stepV) * slopeV, T.Of(4 * LastStep) * rise));

            // The slope jumps where an entry begins to be cut: the last step must not cross such a kink, and steps from both sides of it
            // could alternate forever.
            if (!cut.Background.IsEmpty && T.Any(T.And(active, near)))
                near = T.And(near, T.Or(T.LessOrEqual(step, T.Of(MinStep) * within),
                    T.LessOrEqual(T.Abs(DenseSums.Cut(cut, norm - next).Slope - cutSlope), zero)));
            var isInside = iteration < MaxFreeSteps || iteration % 2 == 0
                ? T.And(T.Less(low, next), T.Less(next, high)) : T.AndNot(active, active);
            next = T.Select(T.Or(near, isInside), next, T.Of(0.5) * (low + high));
            distance = T.Select(active, next, distance);
            active = T.AndNot(active, T.Or(near, T.LessOrEqual(high - low, T.Of(1e-15) * high)));
        }

        // At the pole μ reaches the truncation, and C rises no further.
        var isAtPole = T.And(exists, T.LessOrEqual(pole - distance, T.Of(1e-14) * pole));
        if (T.Any(isAtPole))
        {
            var maximum = DenseSums.Cut(cut, norm - pole).Excess - pole * signal - CountedSums.Logarithms(shifted.Entries, zero - pole);
            exists = T.AndNot(exists, T.And(isAtPole, T.Less(maximum, rise)));
        }

        return T.Select(exists, distance, T.Of(double.NaN));
    }

    /// <summary>The d at which g d + ½ c d² reaches the rise: exact for a parabola, and for a straight line (no counts).</summary>
    private static T FirstGuess<T>(T slope, T curvature, T rise)
        where T : struct, ILanes<T> =>
        T.Of(2) * rise / (slope + T.Sqrt(T.MultiplyAdd(slope, slope, T.Of(2) * curvature * rise)));

    /// <summary>Halley's step for √risen = √rise, from the derivatives of risen; NaN if risen or slope is not positive.</summary>
    private static T Step<T>(T risen, T slope, T curvature, T rise)
        where T : struct, ILanes<T>
    {
        var (root, one) = (T.Sqrt(risen), T.Of(1));
        var newton = T.Of(2) * root * (T.Sqrt(rise) - root) / slope;
        var bend = T.Of(2) * root * curvature / (slope * slope) - one / root;
        var step = newton / T.Max(T.MultiplyAdd(T.Of(0.5) * (T.Sqrt(rise) - root), bend, one), T.Of(0.5));
        return T.Select(T.And(T.Less(T.Of(0), risen), T.Less(T.Of(0), slope)), step, T.Of(double.NaN));
    }

    /// <summary>An approximation of exp(-x) with an error of x³/6 near zero, always positive. It only determines the size of a
    /// step.</summary>
    private static T Decay<T>(T x)
        where T : struct, ILanes<T>
    {
        var (one, half) = (T.Of(1), T.Of(0.5) * x * x);
        return T.Select(T.Less(T.Of(0), x), one / (one + x + half), one - x + half);
    }
}
