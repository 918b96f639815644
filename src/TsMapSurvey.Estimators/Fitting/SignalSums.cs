using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>Σ m of every pixel of a region: the exposure correlated with the kernel, S(p) = Σ_x K_pattern(p+x)(x) E(p + x).</summary>
internal static class SignalSums
{
    /// <summary>Registers of pixels that are computed together.</summary>
    private const int Registers = 4;

    /// <summary>Adds to one row of sums; the order of summation is that of the kernel and does not depend on the number of lanes.</summary>
    /// <param name="y">Row of the image.</param>
    /// <param name="sums">The region's width plus <see cref="Spare"/> elements.</param>
    public static void AddRow<T>(FitLayer layer, PatternRows rows, int padding, PixelRegion region, int y, Span<double> sums)
        where T : struct, ILanes<T>
    {
        var (half, size) = (layer.Half, 2 * layer.Half + 1);
        for (var dy = Math.Max(-half, -y); dy <= Math.Min(half, layer.Height - 1 - y); dy++)
            foreach (var (pattern, values) in rows.Of(y + dy))
            {
                var kernel = layer.Kernels.Values[pattern].AsSpan((dy + half) * size, size);
                for (var x = 0; x < region.Width; x += Registers * T.Count)
                    AddBlock<T>(kernel, values.AsSpan(region.X + x - half + padding), sums[x..]);
            }
    }

    private static void AddBlock<T>(ReadOnlySpan<double> kernel, ReadOnlySpan<double> exposure, Span<double> sums)
        where T : struct, ILanes<T>
    {
        ref var e = ref MemoryMarshal.GetReference(exposure);
        ref var s = ref MemoryMarshal.GetReference(sums);
        var (a, b, c, d) = (T.Load(ref s, 0), T.Load(ref s, T.Count), T.Load(ref s, 2 * T.Count), T.Load(ref s, 3 * T.Count));
        for (var dx = 0; dx < kernel.Length; dx++)
        {
            var k = T.Of(kernel[dx]);
            a = T.MultiplyAdd(k, T.Load(ref e, dx), a);
            b = T.MultiplyAdd(k, T.Load(ref e, dx + T.Count), b);
            c = T.MultiplyAdd(k, T.Load(ref e, dx + 2 * T.Count), c);
            d = T.MultiplyAdd(k, T.Load(ref e, dx + 3 * T.Count), d);
        }

        T.Store(a, ref s, 0);
        T.Store(b, ref s, T.Count);
        T.Store(c, ref s, 2 * T.Count);
        T.Store(d, ref s, 3 * T.Count);
    }

    /// <summary>Additional elements that a row of sums and the padding of a row of exposure must have.</summary>
    public static int Spare<T>()
        where T : struct, ILanes<T> => Registers * T.Count;
}
