using TsMapSurvey.Likelihood;

namespace TsMapSurvey.Maps.Estimators.Fitting;

/// <summary>
/// One set of images that enters every pixel's fit: counts, background and exposure with their kernels. Summed over energy
/// there is one layer per dataset, whose kernel at a destination pixel depends on which energy bins are unmasked there (the pixel's
/// pattern); bin by bin there is one layer, with one kernel, per energy bin.
/// <para>
/// Counted entries (n &gt; 0, E &gt; 0) are a compressed row list: those of row y are Entries[RowStart[y] .. RowStart[y + 1]),
/// sorted by x. With m = K E the fit needs m/b = K · (E/b).
/// </para>
/// </summary>
internal sealed class FitLayer
{
    /// <summary>What E / b is taken for where b is zero: the norm is bounded by zero there.</summary>
    public const double LargestRatio = 1e250;

    private FitLayer(int width, int height, ushort[] pattern, PaddedKernels kernels) =>
        (Width, Height, Pattern, Kernels, RowStart, LargestOfRow, KernelStart) =
            (width, height, pattern, kernels, new int[height + 1], new double[height], new int[pattern.Length]);

    public int Width { get; }

    public int Height { get; }

    public int Half => Kernels.Half;

    public PaddedKernels Kernels { get; }

    /// <summary>Which kernel each pixel has.</summary>
    public ushort[] Pattern { get; }

    /// <summary>Counts for norm 1, masked.</summary>
    public required double[] Exposure { get; init; }

    public required double[] Counts { get; init; }

    public required double[] Background { get; init; }

    /// <summary>E / b, at most <see cref="LargestRatio"/>; 0 where E is 0: the norm is bounded by -b/m only where m &gt; 0.</summary>
    public required double[] ExposureOverBackground { get; init; }

    /// <summary>The largest E / b of each image row.</summary>
    public double[] LargestOfRow { get; }

    /// <summary>For each pixel, where its pattern's kernel starts among the reversed kernels, less its column.</summary>
    public int[] KernelStart { get; }

    public int[] RowStart { get; }

    public CountedEntry[] Entries { get; private set; } = [];

    /// <param name="width">Pixels in a row; all images have width x height.</param>
    /// <param name="pattern">Which of the kernels each pixel has.</param>
    public static FitLayer Create(int width, int height, double[] counts, double[] background, double[] exposure, ushort[] pattern, PaddedKernels kernels)
    {
        var over = new double[counts.Length];
        for (var i = 0; i < over.Length; i++) over[i] = exposure[i] > 0 ? Math.Min(exposure[i] / background[i], LargestRatio) : 0;
        var layer = new FitLayer(width, height, pattern, kernels)
        {
            Counts = counts,
            Background = background,
            Exposure = exposure,
            ExposureOverBackground = over,
        };
        layer.IndexPixels();
        return layer;
    }

    private void IndexPixels()
    {
        for (var y = 0; y < Height; y++)
        {
            RowStart[y + 1] = RowStart[y];
            for (var x = 0; x < Width; x++)
            {
                var i = y * Width + x;
                if (Counts[i] > 0 && Exposure[i] > 0) RowStart[y + 1]++;
                LargestOfRow[y] = Math.Max(LargestOfRow[y], ExposureOverBackground[i]);
                KernelStart[i] = Pattern[i] * Kernels.Length - x;
            }
        }

        Entries = new CountedEntry[RowStart[Height]];
        for (int y = 0, next = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var i = y * Width + x;
                if (!(Counts[i] > 0 && Exposure[i] > 0)) continue;
                var background = Math.Max(Background[i], Cash.Truncation);
                Entries[next++] = new CountedEntry(Counts[i], Exposure[i] / background, Cash.Truncation / background, x, KernelStart[i]);
            }
    }
}
