namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>
/// One number for each of several neighbouring pixels, computed in parallel in a vector register. A formula is written once for this
/// interface. All widths add in the same order, because no sum runs across lanes.
/// </summary>
/// <remarks>A mask is a value whose lanes have all bits set (true) or none (false).</remarks>
public interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>Number of lanes, that is pixels.</summary>
    static abstract int Count { get; }

    static abstract T Of(double value);

    /// <summary>Loads Count numbers, starting at an index.</summary>
    static abstract T Load(ref double from, int index);

    static abstract void Store(T value, ref double to, int index);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    /// <summary>a b + c, fused if the processor supports it.</summary>
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

    /// <summary>For each lane: yes if the mask is true, else no.</summary>
    static abstract T Select(T mask, T yes, T no);

    static abstract bool Any(T mask);

    /// <summary>The binary exponent, as a floating-point number; only for positive normal numbers.</summary>
    static abstract T Exponent(T value);

    /// <summary>The mantissa, 1 ≤ result &lt; 2; only for positive normal numbers.</summary>
    static abstract T Mantissa(T value);
}
