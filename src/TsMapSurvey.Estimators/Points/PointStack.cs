using System.Collections.Concurrent;
using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Estimators.Zones;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Points;

/// <summary>
/// A tile's stack prepared for fits of single pixels with the options of a map: with known sources in its background, and with the
/// kernels that the map has. Thread-safe, so it can be kept between requests.
/// </summary>
/// <remarks>The fits are on the stack's own pixels, also for a map with downsampling.</remarks>
public sealed class PointStack
{
    private const int LayerBytes = 64;

    private readonly MapDataset _stack;
    private readonly MapDataset? _irfs;
    private readonly ConcurrentDictionary<int, EstimatorKernels> _kernels = [];

    /// <summary>Half the widest kernel of any zone, in pixels.</summary>
    private readonly int _widest;

    private PointStack(MapDataset stack, MapDataset? irfs, TsMapOptions options, ResponseZones zones)
    {
        (_stack, _irfs, Options, Zones) = (stack, irfs, options, zones);
        Dataset = BackgroundModels.AddTo([stack], options.BackgroundModels, irfs, options.MaxPsfRadiusDeg)[0];
        Groups = EnergyGroups.Create(Dataset.Energy, options);
        // The zone in the middle shows whether the stack has kernels at all. Those of other zones are made when a fit needs them.
        _widest = KernelsAt(Grid.Width / 2, Grid.Height / 2).PadWidth;
        if (zones.Count > 1) _widest = PsfKernel.OddSize(options.KernelWidthDeg!.Value, Grid.PixelScaleDeg) / 2;
        var side = 2L * _widest + 1;
        ByteSize = DatasetBytes.Of(Dataset) + zones.Count * sizeof(double) * side * side * Dataset.Energy.BinCount;
    }

    /// <summary>The stack's grid, with its halo.</summary>
    public SkyGrid Grid => Dataset.Grid;

    /// <summary>The energy bins of the fits.</summary>
    public MapAxis Axis => Groups.Axis;

    /// <summary>Bytes in memory, including those of the stack, which it holds, and of the kernels of all zones.</summary>
    public long ByteSize { get; }

    /// <summary>The stack, with known sources in its background.</summary>
    public MapDataset Dataset { get; }

    /// <summary>The parts of the image that have kernels of their own.</summary>
    internal ResponseZones Zones { get; }

    internal EnergyGroups Groups { get; }

    internal TsMapOptions Options { get; }

    /// <param name="irfs">The dataset whose IRFs make the kernels of all tiles; null: the stack's own.</param>
    /// <param name="options">The map's options; the number of threads and a threshold are ignored.</param>
    /// <param name="zones">The zones of the map; null if it has one.</param>
    /// <exception cref="MapException">The stack lacks a map that a fit needs, or the energy edges do not span a bin.</exception>
    public static PointStack Create(MapDataset stack, MapDataset? irfs, TsMapOptions options, ResponseZones? zones = null) => new(
        stack, irfs, options with { DownsamplingFactor = null, Threshold = null, NJobs = 1 }, zones ?? ResponseZones.One(stack.Grid));

    /// <summary>The bytes that fits of the pixels of a region need at the same time.</summary>
    public double BytesOf(PixelRegion pixels)
    {
        var layers = Options.SumOverEnergyGroups ? Groups.Bins.Length : Dataset.Energy.BinCount;
        return Zones.In(pixels).Sum(zone => (double)LayerBytes * Reach(zone, pixels, _widest).Area * (layers + 1));
    }

    /// <summary>Prepares fits of the pixels of a region, in coordinates of <see cref="Grid"/>.</summary>
    public PointLikelihoods Open(PixelRegion pixels) => new(this, pixels);

    /// <summary>The energy bin of these fits with the same edges as a bin of another axis; null if there is none.</summary>
    public int? BinWith(double lowTeV, double highTeV)
    {
        for (var bin = 0; bin < Axis.BinCount; bin++)
            if (Axis.Edges[bin] == lowTeV && Axis.Edges[bin + 1] == highTeV) return bin;
        return null;
    }

    /// <summary>The kernels of the zone that contains a pixel, with their warnings.</summary>
    internal EstimatorKernels KernelsAt(int x, int y) => KernelsOf(Zones.At(x, y));

    internal EstimatorKernels KernelsOf(int zone) => _kernels.GetOrAdd(
        zone, static (one, self) => new TsMapEstimator(self.OptionsOf(one)).EstimateKernels([self._stack], self._irfs), this);

    internal TsMapOptions OptionsOf(int zone) => Zones.Options(zone, Options);

    /// <summary>The pixels that fits of the pixels of a zone use.</summary>
    internal PixelRegion Reach(int zone, PixelRegion pixels) => Reach(zone, pixels, KernelsOf(zone).PadWidth);

    private PixelRegion Reach(int zone, PixelRegion pixels, int pad) =>
        pixels.Intersect(Zones.Pixels(zone)).Grow(pad).Intersect(Grid.Region);
}
