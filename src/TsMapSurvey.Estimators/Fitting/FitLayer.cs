using TsMapSurvey.Likelihood;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// One set of images for the fit of every pixel: counts, background and exposure with their kernels. If they are summed over energy,
/// there is one layer per dataset, and its kernel at a destination pixel depends on the energy bins that are unmasked there (the pixel's
/// pattern). Otherwise there is one layer with one kernel per energy bin.
/// <para>
/// Counted entries (n &gt; 0, E &gt; 0) are stored as a compressed row list: those of row y are Entries[RowStart[y] .. RowStart[y + 1]),
/// sorted by x. With m = K E the fit needs m/b = K · (E/b).
/// </para>
/// </summary>
internal sealed class FitLayer
{
    /// <summary>Replaces E / b where b is zero; the lower bound of the norm is then zero.</summary>
    public const double LargestRatio = 1e250;

    /// <summary>The length of the entries' array is a multiple of this, so that later fits can reuse it.</summary>
    private const int EntriesGranularity = 4096;

    private FitLayer(int width, int height, ushort[] pattern, PaddedKernels kernels) =>
        (Width, Height, Pattern, Kernels, RowStart, LargestOfRow) =
            (width, height, pattern, kernels, new int[height + 1], new double[height]);

    public int Width { get; }

    public int Height { get; }

    public int Half => Kernels.Half;

    public PaddedKernels Kernels { get; }

    public ushort[] Pattern { get; }

    /// <summary>Predicted counts for norm 1; zero where masked.</summary>
    public required double[] Exposure { get; init; }

    public required double[] Counts { get; init; }

    public required double[] Background { get; init; }

    /// <summary>E / b, at most <see cref="LargestRatio"/>; 0 where E is 0: the norm is bounded by -b/m only where m &gt; 0.</summary>
    public required double[] ExposureOverBackground { get; init; }

    public double[] LargestOfRow { get; }

    /// <summary>For each pixel, the start of its pattern's kernel among the reversed kernels, minus its column.</summary>
    public required int[] KernelStart { get; init; }

    public int[] RowStart { get; }

    /// <summary>The entries, followed by unused elements.</summary>
    public CountedEntry[] Entries { get; private set; } = [];

    /// <param name="width">Pixels in a row; all images have width x height pixels.</param>
    /// <param name="pattern">Index of each pixel's kernel.</param>
    /// <param name="arrays">The owner of the images' arrays.</param>
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
        layer.Entries = arrays.Take<CountedEntry>(
            (layer.RowStart[height] + EntriesGranularity - 1) / EntriesGranularity * EntriesGranularity);
        Parallel.For(0, height, parallel, layer.FillEntries);
        return layer;
    }

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
