using TsMapSurvey.Likelihood;

namespace TsMapSurvey.Estimators.Fitting;

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

    /// <summary>Room for entries comes by so many, so that one fit's serves the next.</summary>
    private const int EntriesAtATime = 4096;

    private FitLayer(int width, int height, ushort[] pattern, PaddedKernels kernels) =>
        (Width, Height, Pattern, Kernels, RowStart, LargestOfRow) =
            (width, height, pattern, kernels, new int[height + 1], new double[height]);

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
    public required int[] KernelStart { get; init; }

    public int[] RowStart { get; }

    /// <summary>As many as <see cref="RowStart"/> says, and room behind them.</summary>
    public CountedEntry[] Entries { get; private set; } = [];

    /// <param name="width">Pixels in a row; all images have width x height.</param>
    /// <param name="pattern">Which of the kernels each pixel has.</param>
    /// <param name="arrays">Where the arrays of these images were taken, and more are.</param>
    public static FitLayer Create(
        int width, int height, double[] counts, double[] background, double[] exposure, ushort[] pattern, PaddedKernels kernels,
        FitArrays arrays, ParallelOptions parallel)
    {
        var layer = new FitLayer(width, height, pattern, kernels)
        {
            Counts = counts,
            Background = background,
            Exposure = exposure,
            ExposureOverBackground = arrays.Take<double>(counts.Length),
            KernelStart = arrays.Take<int>(counts.Length),
        };
        Parallel.For(0, height, parallel, layer.FillRow);
        for (var y = 0; y < height; y++) layer.RowStart[y + 1] += layer.RowStart[y];
        layer.Entries = arrays.Take<CountedEntry>((layer.RowStart[height] + EntriesAtATime - 1) / EntriesAtATime * EntriesAtATime);
        Parallel.For(0, height, parallel, layer.FillEntries);
        return layer;
    }

    /// <summary>What each pixel of a row has of its own, and how many entries come of them.</summary>
    private void FillRow(int y)
    {
        var (largest, entries) = (0.0, 0);
        for (var (i, end) = (y * Width, (y + 1) * Width); i < end; i++)
        {
            var exposure = Exposure[i];
            var over = exposure > 0 ? Math.Min(exposure / Background[i], LargestRatio) : 0;
            ExposureOverBackground[i] = over;
            KernelStart[i] = Pattern[i] * Kernels.Length - (i - y * Width);
            largest = Math.Max(largest, over);
            if (Counts[i] > 0 && exposure > 0) entries++;
        }

        (LargestOfRow[y], RowStart[y + 1]) = (largest, entries);
    }

    private void FillEntries(int y)
    {
        var next = RowStart[y];
        for (var x = 0; x < Width; x++)
        {
            var i = y * Width + x;
            if (!(Counts[i] > 0 && Exposure[i] > 0)) continue;
            var background = Math.Max(Background[i], Cash.Truncation);
            Entries[next++] = new CountedEntry(Counts[i], Exposure[i] / background, Cash.Truncation / background, x, KernelStart[i]);
        }
    }
}
