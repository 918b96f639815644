using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Points;

/// <summary>
/// A tile's stack prepared for fits of single pixels with the options of a map: with known sources in its background, and with the
/// kernels that the whole map has. Immutable, so it can be kept between requests.
/// </summary>
/// <remarks>The fits are on the stack's own pixels, also for a map with downsampling.</remarks>
public sealed class PointStack
{
    private const int LayerBytes = 64;

    private PointStack(MapDataset dataset, EstimatorKernels kernels, TsMapOptions options, long kernelBytes) =>
        (Dataset, Kernels, Options, Groups, ByteSize) =
            (dataset, kernels, options, EnergyGroups.Create(dataset.Energy, options), DatasetBytes.Of(dataset) + kernelBytes);

    /// <summary>The stack's grid, with its halo.</summary>
    public SkyGrid Grid => Dataset.Grid;

    /// <summary>The energy bins of the fits.</summary>
    public MapAxis Axis => Groups.Axis;

    /// <summary>Warnings about kernels and models.</summary>
    public IReadOnlyList<string> Warnings => Kernels.Warnings;

    /// <summary>Bytes in memory, including those of the stack, which it holds.</summary>
    public long ByteSize { get; }

    /// <summary>The stack, with known sources in its background.</summary>
    public MapDataset Dataset { get; }

    internal EstimatorKernels Kernels { get; }

    internal EnergyGroups Groups { get; }

    internal TsMapOptions Options { get; }

    /// <param name="irfs">The dataset whose IRFs make the kernels of all tiles; null: the stack's own.</param>
    /// <param name="options">The map's options; the number of threads and a threshold are ignored.</param>
    /// <exception cref="MapException">The stack lacks a map that a fit needs, or the energy edges do not span a bin.</exception>
    public static PointStack Create(MapDataset stack, MapDataset? irfs, TsMapOptions options)
    {
        options = options with { DownsamplingFactor = null, Threshold = null, NJobs = 1 };
        var kernels = new TsMapEstimator(options).EstimateKernels([stack], irfs);
        var dataset = BackgroundModels.AddTo([stack], options.BackgroundModels, kernels.Irfs, options.MaxPsfRadiusDeg)[0];
        var side = 2L * kernels.PadWidth + 1;
        return new PointStack(dataset, kernels, options, 8 * side * side * stack.Energy.BinCount);
    }

    /// <summary>The bytes that fits of the pixels of a region need at the same time.</summary>
    public double BytesOf(PixelRegion pixels)
    {
        var layers = Options.SumOverEnergyGroups ? Groups.Bins.Length : Dataset.Energy.BinCount;
        return (double)LayerBytes * Reach(pixels).Area * (layers + 1);
    }

    /// <summary>Prepares fits of the pixels of a region, in coordinates of <see cref="Grid"/>.</summary>
    public PointLikelihoods Open(PixelRegion pixels) => new(this, Reach(pixels));

    /// <summary>The energy bin of these fits with the same edges as a bin of another axis; null if there is none.</summary>
    public int? BinWith(double lowTeV, double highTeV)
    {
        for (var bin = 0; bin < Axis.BinCount; bin++)
            if (Axis.Edges[bin] == lowTeV && Axis.Edges[bin + 1] == highTeV) return bin;
        return null;
    }

    private PixelRegion Reach(PixelRegion pixels) => pixels.Grow(Kernels.PadWidth).Intersect(Grid.Region);
}
