using System.Runtime.CompilerServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// ln Π P(n)^n with one logarithm, from the largest n down to 1: each factor enters the outer product n times. Mantissas are below 2, so
/// the outer product stays below 2^820 for n up to 40.
/// </summary>
internal struct PowerProduct<T>
    where T : struct, ILanes<T>
{
    private T _inner;
    private T _innerExponent;
    private T _outer;
    private T _outerExponent;

    public static PowerProduct<T> One => new() { _inner = T.Of(1), _outer = T.Of(1) };

    public readonly T Logarithm => T.MultiplyAdd(_outerExponent, T.Of(double.Log(2)), Likelihood.Logarithm.Of(_outer));

    /// <summary>Multiplies by P(n) of the current n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply((T Mantissa, T Exponent) factor)
    {
        _inner *= factor.Mantissa;
        _innerExponent += factor.Exponent;
    }

    /// <summary>Continues with n - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        _outer *= _inner;
        _outerExponent += _innerExponent;
    }
}
