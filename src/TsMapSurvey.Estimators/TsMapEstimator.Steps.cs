using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators;

/// <summary>
/// The single steps of <see cref="Run(IReadOnlyList{MapDataset}, MapDataset?, Sky.PixelRegion?, IProgress{double}?, CancellationToken)"/>.
/// </summary>
public sealed partial class TsMapEstimator
{
    /// <summary>
    /// estimate_kernel: the model convolved with the dataset's IRFs at the image's centre, one plane per reco energy bin, each with the sum
    /// one (or zero).
    /// </summary>
    public SourceKernel EstimateKernel(MapDataset dataset)
    {
        var options = new KernelOptions(WidthDeg([dataset], null), Options.MaxPsfRadiusDeg, WithinMask(dataset), Options.NJobs);
        return SourceKernel.Create(
            dataset, dataset.Grid, Options.ResponsesAt ?? dataset.Grid.Centre, Options.Model, 0, dataset.Energy.BinCount - 1, options);
    }

    /// <summary>The kernels of every dataset and output energy bin.</summary>
    /// <param name="irfs">A dataset whose kernel and energy dispersion are used for all; null to use those of each dataset.</param>
    public EstimatorKernels EstimateKernels(IReadOnlyList<MapDataset> datasets, MapDataset? irfs = null) =>
        EstimateKernels(datasets, irfs, new KernelOptions(MaxPsfRadiusDeg: Options.MaxPsfRadiusDeg, NJobs: Options.NJobs));

    /// <param name="kernelOptions">Options without WidthDeg and HasDataWithin.</param>
    internal EstimatorKernels EstimateKernels(IReadOnlyList<MapDataset> datasets, MapDataset? irfs, KernelOptions kernelOptions)
    {
        var groups = JointGeometry.Check(datasets, Options).Bins;
        kernelOptions = kernelOptions with { WidthDeg = WidthDeg(datasets, irfs) };
        var warnings = new List<string>();
        var kernels = new List<SourceKernel[]>();
        foreach (var dataset in datasets)
        {
            bool HasData(int group, double halfWidthDeg) => MapCentre.HasDataWithin(dataset, halfWidthDeg, groups[group]);
            kernels.Add(
                GroupKernels.Create(
                    irfs ?? dataset, Options.ResponsesAt ?? (irfs ?? dataset).Grid.Centre, dataset.Grid, Options.Model, groups,
                    kernelOptions, irfs is null && Options.ResponsesAt is null ? HasData : null));
            warnings.AddRange(KernelWarnings.Of(dataset, irfs ?? dataset, kernels[^1]));
        }

        return new EstimatorKernels(kernels, irfs, [.. warnings.Distinct()]);
    }

    /// <summary>estimate_pad_width: half the kernel's width in pixels, the distance of the farthest pixels that a fit uses.</summary>
    public int EstimatePadWidth(MapDataset dataset, SourceKernel? kernel = null) => (kernel ?? EstimateKernel(dataset)).Half;

    /// <summary>estimate_mask_default: the fitted pixels, which have an unmasked bin with background above zero.</summary>
    public Map<bool> EstimateMaskDefault(MapDataset dataset)
    {
        using var arrays = new FitArrays();
        var planes = Planes(dataset, arrays);
        var positions = new bool[dataset.Geometry.PlaneLength];
        for (var bin = 0; bin < dataset.Energy.BinCount; bin++)
        {
            var background = planes.Background(bin);
            for (var i = 0; i < positions.Length; i++) positions[i] |= background[i] > 0;
        }

        return new Map<bool>(new MapGeometry(dataset.Grid), positions);
    }

    /// <summary>estimate_flux_default: a first guess of the norm in every pixel, from the excess convolved with the kernel.</summary>
    public Map<double> EstimateFluxDefault(MapDataset dataset, SourceKernel? kernel = null)
    {
        using var arrays = new FitArrays();
        var bins = (0, dataset.Energy.BinCount - 1);
        var guess = NormGuess.Create(dataset, dataset, Options.ResponsesAt, kernel
            ?? EstimateKernel(dataset), Options.Model.Spectral, bins, dataset.Grid.Region, Planes(dataset, arrays).Mask);
        return new Map<double>(new MapGeometry(dataset.Grid), guess);
    }

    /// <summary>estimate_fit_input_maps: counts, background, exposure in reco energy and mask as used by the fit, and the kernel.</summary>
    public FitInputMaps EstimateFitInputMaps(MapDataset dataset)
    {
        using var arrays = new FitArrays();
        var planes = Planes(dataset, arrays);
        var bins = Enumerable.Range(0, dataset.Energy.BinCount);
        Map<double> ToMap(Func<int, double[]> plane) => new(dataset.Geometry, [.. bins.SelectMany(plane)]);
        return new FitInputMaps(
            ToMap(planes.Counts), ToMap(planes.Background), ToMap(planes.Exposure),
            new Map<bool>(dataset.Geometry, [.. bins.SelectMany(planes.Mask)]), EstimateKernel(dataset));
    }

    /// <summary>
    /// estimate_flux_map: one joint map of all datasets over the whole energy axis; the energy edges of the options are ignored.
    /// </summary>
    public FluxMaps EstimateFluxMap(params IReadOnlyList<MapDataset> datasets) =>
        Copy(options => options with { EnergyEdgesTeV = null, AllEnergyBins = false }).Run(datasets);

    private MaskedPlanes Planes(MapDataset dataset, FitArrays arrays) =>
        new(dataset, dataset, Options.ResponsesAt, Options.Model.Spectral, (0, dataset.Energy.BinCount - 1), dataset.Grid.Region, arrays,
            new ParallelOptions { MaxDegreeOfParallelism = Options.NJobs });

    private static Func<double, bool> WithinMask(MapDataset dataset) =>
        halfWidthDeg => MapCentre.HasDataWithin(dataset, halfWidthDeg, (0, dataset.Energy.BinCount - 1));

    /// <summary>The largest kernel width: that of the options, or the largest default width of the datasets.</summary>
    private double WidthDeg(IReadOnlyList<MapDataset> datasets, MapDataset? irfs) =>
        Options.KernelWidthDeg ?? datasets.Max(
            dataset => DefaultKernelWidth.Deg(Options, irfs ?? dataset, dataset.Grid, irfs is null ? WithinMask(dataset) : null));
}
