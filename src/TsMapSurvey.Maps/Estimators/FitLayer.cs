namespace TsMapSurvey.Maps.Estimators;

/// <summary>
/// One set of images that enters every pixel's fit: counts, background and exposure with their kernels. Summed over energy
/// there is one layer per dataset, whose kernel at a destination pixel depends on which energy bins are unmasked there; bin
/// by bin there is one layer, with one kernel, per energy bin.
/// <para>
/// Counted entries (n &gt; 0, E &gt; 0) are a compressed row list: those of row y are EntryX[RowStart[y] .. RowStart[y + 1]),
/// sorted by x. With m = K E the fit needs b/m = (b/E) · (1/K).
/// </para>
/// </summary>
internal sealed class FitLayer
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int KernelSize { get; init; }

    /// <summary>The kernels, row-major, by the pattern of the destination pixel.</summary>
    public required double[][] Kernels { get; init; }

    /// <summary>1 / K; +∞ where K is 0, so that such an entry drops out of every sum.</summary>
    public required double[][] InverseKernels { get; init; }

    /// <summary>Which kernel each pixel has.</summary>
    public required ushort[] Pattern { get; init; }

    /// <summary>Counts for norm 1, masked.</summary>
    public required double[] Exposure { get; init; }

    public required double[] Counts { get; init; }

    public required double[] Background { get; init; }

    /// <summary>b / E; +∞ where E is 0: the norm is bounded by -b/m only where m &gt; 0.</summary>
    public required double[] BackgroundOverExposure { get; init; }

    public required int[] RowStart { get; init; }

    public required int[] EntryX { get; init; }

    public required ushort[] EntryPattern { get; init; }

    public required double[] EntryCounts { get; init; }

    /// <summary>b / E of a counted entry, b at least the truncation of the Cash statistic.</summary>
    public required double[] EntryRatio { get; init; }

    public int Half => KernelSize / 2;

    /// <param name="width">Pixels in a row; all images have width x height.</param>
    /// <param name="kernels">By pattern; all of kernelSize x kernelSize.</param>
    public static FitLayer Create(
        int width, int height, double[] counts, double[] background, double[] exposure, ushort[] pattern, double[][] kernels, int kernelSize)
    {
        var rowStart = new int[height + 1];
        for (var i = 0; i < counts.Length; i++)
            if (counts[i] > 0 && exposure[i] > 0) rowStart[i / width + 1]++;
        for (var y = 0; y < height; y++) rowStart[y + 1] += rowStart[y];
        var entries = rowStart[height];
        var (entryX, entryPattern, entryCounts, entryRatio) = (new int[entries], new ushort[entries], new double[entries], new double[entries]);
        var over = new double[counts.Length];
        for (int i = 0, next = 0; i < counts.Length; i++)
        {
            over[i] = exposure[i] > 0 ? background[i] / exposure[i] : double.PositiveInfinity;
            if (!(counts[i] > 0 && exposure[i] > 0)) continue;
            (entryX[next], entryPattern[next], entryCounts[next]) = (i % width, pattern[i], counts[i]);
            entryRatio[next++] = Math.Max(background[i], Likelihood.Cash.Truncation) / exposure[i];
        }

        return new FitLayer
        {
            Width = width,
            Height = height,
            KernelSize = kernelSize,
            Kernels = kernels,
            InverseKernels = [.. kernels.Select(kernel => Array.ConvertAll(kernel, value => value > 0 ? 1 / value : double.PositiveInfinity))],
            Pattern = pattern,
            Exposure = exposure,
            Counts = counts,
            Background = background,
            BackgroundOverExposure = over,
            RowStart = rowStart,
            EntryX = entryX,
            EntryPattern = entryPattern,
            EntryCounts = entryCounts,
            EntryRatio = entryRatio,
        };
    }
}
