namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>
/// One number for each of several neighbouring pixels, computed side by side in a vector register. A formula is written once over
/// this, and every width gives the same sums in the same order, because no sum ever runs across lanes.
/// </summary>
/// <remarks>A mask is a value whose lanes have all bits set (true) or none (false).</remarks>
public interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>How many pixels.</summary>
    static abstract int Count { get; }

    static abstract T Of(double value);

    /// <summary>The Count numbers from index on.</summary>
    static abstract T Load(ref double from, int index);

    static abstract void Store(T value, ref double to, int index);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    /// <summary>a b + c, fused where the processor does so.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T Max(T a, T b);

    static abstract T Min(T a, T b);

    static abstract T Abs(T a);

    static abstract T Sqrt(T a);

    /// <summary>a &lt; b; false for NaN.</summary>
    static abstract T Less(T a, T b);

    /// <summary>a ≤ b; false for NaN.</summary>
    static abstract T LessOrEqual(T a, T b);

    static abstract T And(T a, T b);

    static abstract T Or(T a, T b);

    /// <summary>The lanes of a where b is false.</summary>
    static abstract T AndNot(T a, T b);

    /// <summary>Lane by lane: yes where the mask is true, else no.</summary>
    static abstract T Select(T mask, T yes, T no);

    static abstract bool Any(T mask);

    /// <summary>The binary exponent of positive normal numbers, as a number.</summary>
    static abstract T Exponent(T value);

    /// <summary>Positive normal numbers with their exponent replaced by that of one: 1 ≤ result &lt; 2.</summary>
    static abstract T Mantissa(T value);
}
