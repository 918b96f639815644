using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>
/// The estimator for datasets that are larger than memory: the map is computed in strips of rows, and half a kernel of rows around each
/// strip is read. The kernels are those of the whole map and are computed once. The result differs from that of
/// <see cref="TsMapEstimator"/> only by the rounding of sums.
/// </summary>
public sealed class StripedEstimate
{
    private readonly TsMapOptions _options;
    private readonly IReadOnlyList<IDatasetRows> _datasets;
    private readonly double _memoryBytes;
    private readonly EnergyGroups _groups;

    /// <param name="datasets">All with the same image geometry.</param>
    /// <param name="memoryBytes">Limit for the arrays of one strip. About the same amount may be garbage of the previous strip.</param>
    /// <exception cref="MapException">An option is out of range, or the geometries differ.</exception>
    public StripedEstimate(TsMapOptions options, IReadOnlyList<IDatasetRows> datasets, long memoryBytes)
    {
        (_options, _datasets, _memoryBytes) = (new TsMapEstimator(options).Options, datasets, memoryBytes);
        var grid = datasets[0].Grid;
        _groups = JointGeometry.Check(datasets, options);
        Geometry = new MapGeometry(grid, _groups.Axis);
    }

    /// <summary>Geometry of the whole maps.</summary>
    public MapGeometry Geometry { get; }

    /// <summary>Whether all rows fit into the memory limit.</summary>
    public bool IsOneStrip => StripPlan.BytesPerRow(_datasets, _groups, _options.Selection) * Geometry.Height <= _memoryBytes;

    /// <summary>Computes the map strip by strip, from the lowest row.</summary>
    /// <param name="strip">Called with each strip's first row and maps.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <exception cref="MapException">As from <see cref="TsMapEstimator"/>; the error that nothing can be fitted is thrown after the last
    /// strip.</exception>
    public void Run(Action<int, FluxMaps> strip, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (_options.DownsamplingFactor > 1) RunDownsampled(strip, progress, cancellationToken);
        else RunStrips(strip, progress, cancellationToken);
    }

    private void RunStrips(Action<int, FluxMaps> strip, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (estimator, kernels) = (new TsMapEstimator(_options), Kernels(cancellationToken));
        var bytesPerRow = StripPlan.BytesPerRow(_datasets, _groups, _options.Selection);
        var anything = new bool[Geometry.PlaneCount];
        foreach (var (firstRead, read, region) in StripPlan.Create(Geometry.Height, kernels.PadWidth, bytesPerRow, _memoryBytes)
            .Strips(Geometry.Width, Geometry.Height))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (first, part) = (firstRead + region.Y, (double)region.Height / Geometry.Height);
            var done = progress is null ? null : new Share(progress, (double)first / Geometry.Height, part);
            MapDataset[] datasets = [.. _datasets.Select(dataset => dataset.Rows(firstRead, read))];
            var maps = estimator.Run(datasets, kernels, region, throwIfEmpty: false, null, done, cancellationToken);
            for (var k = 0; k < anything.Length; k++) anything[k] |= HasFits(maps, k);
            cancellationToken.ThrowIfCancellationRequested();
            strip(first, maps);
        }

        if (Array.IndexOf(anything, false) is var empty and >= 0)
            throw EstimatorErrors.NothingToFit(
                _datasets.Select(dataset => dataset.Place), EmptyMapReason.Of(_datasets, _groups.Bins[empty], _options.Model.Spectral));
    }

    /// <summary>Computes the whole coarse map in strips, and then the fine map in strips.</summary>
    private void RunDownsampled(Action<int, FluxMaps> strip, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var blocks = DownsampledEstimate.Blocks(_options, _datasets, null, null, cancellationToken, out var coarseOptions);
        IDatasetRows[] reduced = [.. _datasets.Select(dataset => new ReducedRows(blocks, dataset, cancellationToken))];
        var coarse = new StripedEstimate(coarseOptions, reduced, (long)_memoryBytes);
        var rows = new FluxMapsRows(coarse.Geometry);
        coarse.Run(rows.Add, progress, cancellationToken);
        var maps = rows.ToFluxMaps();
        foreach (var (first, _, region) in StripPlan.Create(Geometry.Height, 0,
            StripPlan.BytesPerRow(_datasets, _groups, _options.Selection), _memoryBytes).Strips(Geometry.Width, Geometry.Height))
        {
            cancellationToken.ThrowIfCancellationRequested();
            strip(first, Upsampling.Create(blocks, maps, blocks.Coarse.Region, region with { Y = first }));
        }
    }

    private EstimatorKernels Kernels(CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        var kernels = new List<SourceKernel[]>();
        // The last group is the whole energy axis.
        var groups = _groups.Bins.Append((First: 0, Last: _datasets[0].Energy.BinCount - 1)).ToArray();
        var centres = _datasets.Select(dataset => (
            Dataset: MapCentre.Dataset(dataset, cancellationToken),
            Nearest: MapCentre.DistanceToData(dataset, groups, cancellationToken))).ToArray();
        var pixelDeg = Geometry.Grid!.PixelScaleDeg;
        var widthDeg = _options.KernelWidthDeg ?? _datasets.Zip(centres).Max(
            pair => DefaultKernelWidth.Deg(
                _options, pair.Second.Dataset, pair.First.Grid, half => pair.Second.Nearest[^1] <= half / pixelDeg));
        foreach (var (dataset, (centre, nearest)) in _datasets.Zip(centres))
        {
            var kernelOptions = new KernelOptions(widthDeg, _options.MaxPsfRadiusDeg);
            kernels.Add(GroupKernels.Create(
                centre, centre.Grid.Centre, dataset.Grid, _options.Model, _groups.Bins, kernelOptions,
                (group, half) => nearest[group] <= half / pixelDeg));
            warnings.AddRange(KernelWarnings.Of(centre, centre, kernels[^1]));
        }

        return new EstimatorKernels(kernels, null, [.. warnings.Distinct()]);
    }

    /// <summary>Whether the energy bin has a pixel with a fit or with a status.</summary>
    private static bool HasFits(FluxMaps maps, int plane) =>
        maps.Find("status")!.Plane(plane).IndexOfAnyExcept(0.0) >= 0
            || maps.Find("ts")!.Plane(plane).ContainsAnyInRange(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Reports the progress of a part as progress of the whole, synchronously.</summary>
    private sealed class Share(IProgress<double> whole, double start, double part) : IProgress<double>
    {
        public void Report(double value) => whole.Report(start + part * value);
    }
}
