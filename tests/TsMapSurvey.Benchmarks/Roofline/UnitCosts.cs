using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Benchmarks.Roofline;

/// <summary>
/// What one vector operation takes on data in the L1 cache when nothing else holds it up: independent of each other, the best of several
/// runs. Nanoseconds.
/// </summary>
/// <param name="MultiplyAdd">a b + c.</param>
/// <param name="Division">a / b.</param>
/// <param name="Split">Mantissa and exponent of a number.</param>
internal readonly record struct UnitCosts(double MultiplyAdd, double Division, double Split)
{
    private const int Vectors = 128;
    private const int Passes = 20_000;

    /// <summary>Numbers in a line.</summary>
    private const int CacheLine = 8;

    public static UnitCosts Measure<T>()
        where T : struct, ILanes<T>
    {
        var data = AtCacheLine(Vectors * T.Count);
        for (var i = 0; i < data.Length; i++) data.Span[i] = 1 + i / 1000.0;
        return new UnitCosts(Best(() => MultiplyAdds<T>(data)), Best(() => Divisions<T>(data)), Best(() => Splits<T>(data)));
    }

    /// <summary>A load that crosses a cache line counts twice.</summary>
    private static Memory<double> AtCacheLine(int length)
    {
        var array = GC.AllocateArray<double>(length + CacheLine, pinned: true);
        var beyond = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) / sizeof(double) % CacheLine);
        return array.AsMemory((CacheLine - beyond) % CacheLine, length);
    }

    private static double Best(Action run)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i < 15; i++)
        {
            var began = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalNanoseconds / Passes / Vectors);
        }

        return best;
    }

    // Eight chains: more than latency times throughput of any processor at hand.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T MultiplyAdds<T>(Memory<double> memory)
        where T : struct, ILanes<T>
    {
        var data = memory.Span;
        var (factor, a, b, c, d) = (T.Of(0.37), T.Of(0), T.Of(0), T.Of(0), T.Of(0));
        var (e, f, g, h) = (a, b, c, d);
        for (var pass = 0; pass < Passes; pass++)
            for (var i = 0; i < data.Length; i += 8 * T.Count)
            {
                ref var at = ref data[i];
                a = T.MultiplyAdd(factor, T.Load(ref at, 0), a);
                b = T.MultiplyAdd(factor, T.Load(ref at, T.Count), b);
                c = T.MultiplyAdd(factor, T.Load(ref at, 2 * T.Count), c);
                d = T.MultiplyAdd(factor, T.Load(ref at, 3 * T.Count), d);
                e = T.MultiplyAdd(factor, T.Load(ref at, 4 * T.Count), e);
                f = T.MultiplyAdd(factor, T.Load(ref at, 5 * T.Count), f);
                g = T.MultiplyAdd(factor, T.Load(ref at, 6 * T.Count), g);
                h = T.MultiplyAdd(factor, T.Load(ref at, 7 * T.Count), h);
            }

        return a + b + c + d + e + f + g + h;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Divisions<T>(Memory<double> memory)
        where T : struct, ILanes<T>
    {
        var data = memory.Span;
        var (one, a, b) = (T.Of(1), T.Of(0), T.Of(0));
        for (var pass = 0; pass < Passes; pass++)
            for (var i = 0; i < data.Length; i += 2 * T.Count)
            {
                ref var at = ref data[i];
                a = T.Max(a, one / T.Load(ref at, 0));
                b = T.Max(b, one / T.Load(ref at, T.Count));
            }

        return a + b;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Splits<T>(Memory<double> memory)
        where T : struct, ILanes<T>
    {
        var data = memory.Span;
        var (a, b) = (T.Of(0), T.Of(0));
        for (var pass = 0; pass < Passes; pass++)
            for (var i = 0; i < data.Length; i += T.Count)
            {
                var value = T.Load(ref data[i], 0);
                a = T.Max(a, T.Exponent(value));
                b = T.Max(b, T.Mantissa(value));
            }

        return a + b;
    }
}
