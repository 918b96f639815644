using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Downsampling;

/// <summary>
/// An image and the same sky in pixels that are Factor times as wide, with a border of half a kernel. Fine pixel (x, y) is in the coarse
/// pixel ((x + Left) / Factor, (y + Below) / Factor).
/// </summary>
public sealed record CoarseGrid
{
    /// <summary>gammapy pads sizes to the next multiple of 2^3, also if they already are a multiple.</summary>
    private const int GammapyMultiple = 8;

    /// <summary>Bytes of a dataset that are read at once.</summary>
    private const long ReadBytes = 16 << 20;

    private CoarseGrid(int factor, SkyGrid fine, (int Before, int After) x, (int Before, int After) y)
    {
        (Factor, Fine, Left, Below) = (factor, fine, x.Before, y.Before);
        var padded = fine.Cutout(-x.Before, -y.Before, fine.Width + x.Before + x.After, fine.Height + y.Before + y.After);
        Coarse = new SkyGrid(padded.Wcs.Binned(factor), padded.Width / factor, padded.Height / factor);
    }

    /// <summary>The allowed downsampling factors.</summary>
    public static IReadOnlyList<int> Factors { get; } = [1, 2, 4, 8, 16, 32, 64];

    public int Factor { get; }

    public SkyGrid Fine { get; }

    public SkyGrid Coarse { get; }

    /// <summary>Width of the border at low x, in fine pixels.</summary>
    public int Left { get; }

    /// <summary>Width of the border at low y, in fine pixels.</summary>
    public int Below { get; }

    /// <summary>
    /// gammapy's blocks, in all cases that gammapy supports: the border has the same width on all sides, which follows from the height. If
    /// the padded width is then not divisible by the factor, the width gets its own border. If the padding is odd, the border at the high
    /// end is a pixel wider.
    /// </summary>
    /// <param name="halfKernel">Half the kernel's width in fine pixels.</param>
    public static CoarseGrid OfMap(SkyGrid fine, int factor, int halfKernel)
    {
        var (x, y) = (Border(fine.Width, factor, halfKernel), Border(fine.Height, factor, halfKernel));
        return new CoarseGrid(factor, fine, y.Before == y.After && (fine.Width + 2 * y.Before) % factor == 0 ? y : x, y);
    }

    /// <summary>
    /// Blocks that begin at multiples of the factor from the reference pixel, so that all tiles of a grid have the same blocks, and their
    /// maps are equal to the map of the whole grid.
    /// </summary>
    /// <inheritdoc cref="OfMap"/>
    public static CoarseGrid OfTile(SkyGrid fine, int factor, int halfKernel) =>
        new(factor, fine, Border(fine.Width, factor, halfKernel, fine.Wcs.Crpix1),
            Border(fine.Height, factor, halfKernel, fine.Wcs.Crpix2));

    /// <summary>
    /// The number of pixels around a tile that its fits need: half a kernel; with downsampling, half a coarse kernel, a neighbour for the
    /// interpolation, and the rest of a block.
    /// </summary>
    internal static int HaloPixels(int factor, double pixelDeg, double kernelWidthDeg)
    {
        var half = PsfKernel.OddSize(kernelWidthDeg, pixelDeg * factor) / 2;
        return factor == 1 ? half : (half + 2) * factor;
    }

    /// <summary>
    /// The dataset in coarse pixels: counts and background are sums over the safe pixels of a block, the exposure is the mean with zero
    /// outside the image, and a mask is true if any pixel of the block is. NaN counts as 0. IRFs are not changed.
    /// </summary>
    public MapDataset Reduce(IDatasetRows dataset, CancellationToken cancellationToken = default) =>
        Reduce(dataset, 0, Coarse.Height, cancellationToken);

    internal MapDataset Reduce(IDatasetRows dataset, int firstRow, int count, CancellationToken cancellationToken)
    {
        var sums = new BlockSums(this, firstRow, count);
        MapDataset? rows = null;
        Map<double>? counts = null, background = null, exposure = null;
        Map<bool>? safe = null, fit = null;
        // If all rows are in the border, one row of the image is read nevertheless: it shows which maps the dataset has.
        var first = Math.Clamp(firstRow * Factor - Below, 0, Fine.Height - 1);
        var end = Math.Clamp((firstRow + count) * Factor - Below, first + 1, Fine.Height);
        var step = (int)Math.Clamp(ReadBytes / Math.Max(1, dataset.BytesPerRow), 1, Fine.Height);
        for (; first < end; first += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows = dataset.Rows(first, Math.Min(step, end - first));
            if (rows.Exposure is { } other && other.Geometry.PlaneLength != rows.Geometry.PlaneLength)
                throw EstimatorErrors.WrongExposureSize(dataset.Place, other.Geometry);
            sums.Add(ref counts, first, rows.Counts, rows.MaskSafe);
            sums.Add(ref background, first, rows.Background, rows.MaskSafe);
            sums.Add(ref exposure, first, rows.Exposure, null);
            sums.Add(ref safe, first, rows.MaskSafe);
            sums.Add(ref fit, first, rows.MaskFit);
        }

        foreach (ref var value in (exposure?.Data).AsSpan()) value /= Factor * Factor;
        return rows! with { Counts = counts, Background = background, Exposure = exposure, MaskSafe = safe, MaskFit = fit };
    }

    private static (int Before, int After) Border(int size, int factor, int halfKernel)
    {
        var multiple = Math.Max(GammapyMultiple, factor);
        var least = size + 2 * halfKernel;
        var border = least + multiple - least % multiple - size;
        return (border / 2, border - border / 2);
    }

    private static (int Before, int After) Border(int size, int factor, int halfKernel, double crpix)
    {
        // The same for every cutout, as CRPIX changes by integers. Adding a quarter avoids rounding errors for integer and half-integer
        // CRPIX.
        var reference = (int)Math.Floor(crpix + 0.25);
        int Up(int pixels, int phase) => pixels + ((phase - pixels) % factor + factor) % factor;
        return (Up(halfKernel, -reference % factor), Up(halfKernel, -((size - reference) % factor)));
    }
}
