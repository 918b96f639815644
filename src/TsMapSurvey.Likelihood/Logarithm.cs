using System.Runtime.CompilerServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// ln g = e ln 2 + ln(1 + f) with 1 + f = g / 2^e between √½ and √2, and ln(1 + f) = 2 artanh(s) = 2 s + s p(s²) with s = f / (2 + f).
/// Method and coefficients are those of fdlibm's e_log.c (Sun Microsystems 1993); their error is below 2^-58.
/// </summary>
internal static class Logarithm
{
    /// <summary>ln g; only for positive normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T growth)
        where T : struct, ILanes<T>
    {
        var (f, exponent) = Reduce(growth);
        var s = f / (T.Of(2) + f);
        return T.MultiplyAdd(exponent, T.Of(double.Log(2)), s * (T.Of(2) + Series(s * s)));
    }

    /// <summary>f and e of g = (1 + f) 2^e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Fraction, T Exponent) Reduce<T>(T growth)
        where T : struct, ILanes<T>
    {
        var (mantissa, one) = (T.Mantissa(growth), T.Of(1));
        var upper = T.Less(T.Of(Math.Sqrt(2)), mantissa);
        return (T.Select(upper, T.Of(0.5) * mantissa, mantissa) - one, T.Exponent(growth) + T.And(upper, one));
    }

    /// <summary>p(z) of ln(1 + f) = 2 s + s p(s²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Series<T>(T z)
        where T : struct, ILanes<T>
    {
        var w = z * z;
        var odd = T.MultiplyAdd(T.Of(1.479819860511658591e-01), w, T.Of(1.818357216161805012e-01));
        odd = T.MultiplyAdd(T.MultiplyAdd(odd, w, T.Of(2.857142874366239149e-01)), w, T.Of(6.666666666666735130e-01));
        var even = T.MultiplyAdd(T.Of(1.531383769920937332e-01), w, T.Of(2.222219843214978396e-01));
        even = T.MultiplyAdd(even, w, T.Of(3.999999999940941908e-01)) * w;
        return T.MultiplyAdd(odd, z, even);
    }
}
