using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Downsampling;

/// <summary>
/// An image and the same sky in pixels Factor times as wide (numerics 3.9), with a border around it that holds half a kernel. Fine pixel
/// (x, y) lies in coarse pixel ((x + Left) / Factor, (y + Below) / Factor).
/// </summary>
public sealed record CoarseGrid
{
    /// <summary>gammapy rounds padded sizes up to multiples of 2^3, and one step further where they are such already.</summary>
    private const int GammapyMultiple = 8;

    /// <summary>Bytes of a dataset that are read at a time.</summary>
    private const long ReadBytes = 16 << 20;

    private CoarseGrid(int factor, SkyGrid fine, (int Before, int After) x, (int Before, int After) y)
    {
        (Factor, Fine, Left, Below) = (factor, fine, x.Before, y.Before);
        var padded = fine.Cutout(-x.Before, -y.Before, fine.Width + x.Before + x.After, fine.Height + y.Before + y.After);
        Coarse = new SkyGrid(padded.Wcs.Binned(factor), padded.Width / factor, padded.Height / factor);
    }

    /// <summary>What a downsampling factor may be.</summary>
    public static IReadOnlyList<int> Factors { get; } = [1, 2, 4, 8, 16, 32, 64];

    public int Factor { get; }

    public SkyGrid Fine { get; }

    public SkyGrid Coarse { get; }

    /// <summary>Fine pixels of border at low x.</summary>
    public int Left { get; }

    /// <summary>Fine pixels of border at low y.</summary>
    public int Below { get; }

    /// <summary>
    /// The blocks that gammapy makes, where it makes any: the border is as wide on all sides, by the rule for the height. Where that does
    /// not divide the width, the width has its own border; where a size cannot be padded evenly, the border at the high end is a pixel
    /// wider.
    /// </summary>
    /// <param name="halfKernel">Fine pixels.</param>
    public static CoarseGrid OfMap(SkyGrid fine, int factor, int halfKernel)
    {
        var (x, y) = (Border(fine.Width, factor, halfKernel), Border(fine.Height, factor, halfKernel));
        return new CoarseGrid(factor, fine, y.Before == y.After && (fine.Width + 2 * y.Before) % factor == 0 ? y : x, y);
    }

    /// <summary>
    /// Blocks that begin at whole multiples of the factor from the reference pixel, so that the tiles cut out of one grid have their blocks
    /// in common, and their maps are those of the whole.
    /// </summary>
    /// <inheritdoc cref="OfMap"/>
    public static CoarseGrid OfTile(SkyGrid fine, int factor, int halfKernel) =>
        new(factor, fine, Border(fine.Width, factor, halfKernel, fine.Wcs.Crpix1),
            Border(fine.Height, factor, halfKernel, fine.Wcs.Crpix2));

    /// <summary>
    /// How many pixels around a tile enter its fits: half a kernel; downsampled, half a coarse kernel, a neighbour to interpolate with,
    /// and what completes a block.
    /// </summary>
    internal static int HaloPixels(int factor, double pixelDeg, double kernelWidthDeg)
    {
        var half = PsfKernel.OddSize(kernelWidthDeg, pixelDeg * factor) / 2;
        return factor == 1 ? half : (half + 2) * factor;
    }

    /// <summary>
    /// The dataset in coarse pixels: counts and background are sums over the safe pixels of a block, the exposure is the mean with zeros
    /// outside the image, a mask is true where any of its block is. NaN counts as 0. IRFs stay as they are.
    /// </summary>
    public MapDataset Reduce(IDatasetRows dataset, CancellationToken cancellationToken = default) =>
        Reduce(dataset, 0, Coarse.Height, cancellationToken);

    /// <summary>Some coarse rows of it.</summary>
    internal MapDataset Reduce(IDatasetRows dataset, int firstRow, int count, CancellationToken cancellationToken)
    {
        var sums = new BlockSums(this, firstRow, count);
        MapDataset? rows = null;
        Map<double>? counts = null, background = null, exposure = null;
        Map<bool>? safe = null, fit = null;
        // Of rows that lie in the border alone, one next to it tells what maps there are.
        var first = Math.Clamp(firstRow * Factor - Below, 0, Fine.Height - 1);
        var end = Math.Clamp((firstRow + count) * Factor - Below, first + 1, Fine.Height);
        var step = (int)Math.Clamp(ReadBytes / Math.Max(1, dataset.BytesPerRow), 1, Fine.Height);
        for (; first < end; first += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows = dataset.Rows(first, Math.Min(step, end - first));
            if (rows.Exposure is { } other && other.Geometry.PlaneLength != rows.Geometry.PlaneLength)
                throw MapErrors.Unsupported(
                    dataset.Place, $"an exposure of {other.Geometry.Width} x {other.Geometry.Height} pixels", "the counts' image size");
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
        // The same for every cutout: CRPIX moves by whole pixels; a quarter keeps the usual whole and half ones clear of the rounding.
        var reference = (int)Math.Floor(crpix + 0.25);
        int Up(int pixels, int phase) => pixels + ((phase - pixels) % factor + factor) % factor;
        return (Up(halfKernel, -reference % factor), Up(halfKernel, -((size - reference) % factor)));
    }
}
