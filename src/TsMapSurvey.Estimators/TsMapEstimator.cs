using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators;

/// <summary>
/// Test statistic maps by fitting, in every pixel, the norm of a source model to counts over background with the Cash
/// likelihood (Stewart 2009, A&amp;A 495, 989; gammapy's TSMapEstimator).
/// </summary>
public sealed partial class TsMapEstimator
{
    /// <exception cref="MapException">An option is out of range; the message lists every such option.</exception>
    public TsMapEstimator(TsMapOptions options)
    {
        var problems = options.Problems().ToArray();
        if (problems.Length > 0) throw EstimatorErrors.BadOptions(problems);
        Options = options;
    }

    public TsMapOptions Options { get; }

    /// <summary>The number of pixels around a region that its fits need: half the widest kernel.</summary>
    public static int HaloPixels(IEnumerable<TsMapOptions> maps, double pixelDeg, double defaultWidthDeg) =>
        maps.Select(options => CoarseGrid.HaloPixels(options.DownsamplingFactor ?? 1, pixelDeg, options.KernelWidthDeg ?? defaultWidthDeg))
            .DefaultIfEmpty(0).Max();

    /// <summary>An estimator with changed options.</summary>
    public TsMapEstimator Copy(Func<TsMapOptions, TsMapOptions>? change = null) => new(change is null ? Options : change(Options));

    /// <summary>The maps of one dataset, or the joint maps of several on the same image geometry.</summary>
    /// <param name="datasets">Each with counts, background and exposure.</param>
    /// <param name="irfs">A dataset whose kernel and energy dispersion are used for all; null to use those of each dataset.</param>
    /// <param name="region">The pixels of the maps; null for all. Fits near its border use pixels outside it.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <exception cref="MapException">A map is missing, geometries differ, or no pixel has an unmasked bin with background.</exception>
    public FluxMaps Run(
        IReadOnlyList<MapDataset> datasets, MapDataset? irfs = null, PixelRegion? region = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Options.DownsamplingFactor > 1 ? DownsampledEstimate.Run(Options, datasets, irfs, region, progress, cancellationToken)
            : Run(datasets, EstimateKernels(datasets, irfs), region, progress, cancellationToken);

    /// <summary>Computes the maps with given kernels, for example those of a map from which the datasets are cutouts.</summary>
    public FluxMaps Run(
        IReadOnlyList<MapDataset> datasets, EstimatorKernels kernels, PixelRegion? region = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Run(datasets, kernels, region, throwIfEmpty: true, null, progress, cancellationToken);

    /// <param name="throwIfEmpty">Whether to throw if nothing can be fitted; otherwise the maps are NaN.</param>
    /// <param name="pool">The owner of the result's arrays, which are valid until it is disposed; null to allocate them.</param>
    internal FluxMaps Run(
        IReadOnlyList<MapDataset> datasets, EstimatorKernels kernels, PixelRegion? region, bool throwIfEmpty, FitArrays? pool,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (Options.DownsamplingFactor > 1)
            throw EstimatorErrors.BadOption(
                "downsampling_factor", $"{Options.DownsamplingFactor}", "no downsampling with given kernels, which are in fine pixels");
        string[] warnings = [.. BackgroundModels.Warnings(datasets, [Options.Model, .. Options.BackgroundModels])];
        datasets = BackgroundModels.AddTo(datasets, Options.BackgroundModels, kernels.Irfs, Options.MaxPsfRadiusDeg);
        var grid = datasets[0].Grid;
        var wanted = region ?? grid.Region;
        var groups = JointGeometry.Check(datasets, Options);
        var planes = new TsMapPlanes(wanted, groups.Bins.Length, Options.Selection, pool);
        for (var group = 0; group < groups.Bins.Length; group++)
        {
            var first = (double)group;
            var part = progress is null ? null : new PartialProgress(done => progress.Report((first + done) / groups.Bins.Length));
            var dnde = Options.Model.Spectral.Differential(Math.Sqrt(groups.Axis.Edges[group] * groups.Axis.Edges[group + 1]));
            Fit(datasets, kernels, groups.Bins[group], wanted, throwIfEmpty, new FitOutput(planes, group, dnde), part, cancellationToken);
        }

        var gti = GoodTimeIntervals.UnionOf(datasets.Select(dataset => dataset.Gti));
        return FluxMaps.Create(new MapGeometry(grid.Cutout(wanted), groups.Axis), planes, Options, gti, kernels.With(warnings));
    }

    /// <summary>Reads only those pixels of the datasets that the fits of the region need.</summary>
    private void Fit(
        IReadOnlyList<MapDataset> datasets, EstimatorKernels kernels, (int First, int Last) bins, PixelRegion region, bool throwIfEmpty,
        FitOutput output,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Options.NJobs, CancellationToken = cancellationToken };
        using var arrays = new FitArrays();
        var read = region.Grow(kernels.PadWidth).Intersect(datasets[0].Grid.Region);
        var inputs = Inputs(read);
        if (throwIfEmpty && !inputs.HasPositions && (read == datasets[0].Grid.Region || !Inputs(datasets[0].Grid.Region).HasPositions))
        {
            var reason = EmptyMapReason.Of([.. datasets.Select(dataset => new InMemoryDataset(dataset))], bins, Options.Model.Spectral);
            throw EstimatorErrors.NothingToFit(datasets.Select(dataset => dataset.Place), reason);
        }

        switch (LaneWidths.Used)
        {
            case LaneWidth.Bits512: BlockFit.Run<Lanes512>(inputs, region, Options, output, arrays, parallel, progress); break;
            case LaneWidth.Bits256: BlockFit.Run<Lanes256>(inputs, region, Options, output, arrays, parallel, progress); break;
            case LaneWidth.Bits128: BlockFit.Run<Lanes128>(inputs, region, Options, output, arrays, parallel, progress); break;
            default: BlockFit.Run<Lanes64>(inputs, region, Options, output, arrays, parallel, progress); break;
        }

        FitInputs Inputs(PixelRegion pixels) =>
            FitInputs.Create(datasets, [.. datasets.Select(dataset => kernels.Irfs ?? dataset)], kernels.Of(output.Bin), Options, bins,
                pixels, arrays, parallel);
    }

    /// <summary>Reports synchronously, on the thread that made the progress.</summary>
    private sealed class PartialProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
