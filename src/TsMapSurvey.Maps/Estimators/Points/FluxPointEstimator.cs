using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Estimators.Fitting;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators.Points;

/// <summary>The estimator at one position: its maps of a single pixel, one value for each energy bin.</summary>
public static class FluxPointEstimator
{
    /// <summary>
    /// Fits the pixel that the position falls in. The maps are those of <see cref="TsMapEstimator"/> there, and <c>counts</c>, those under the kernel as
    /// <c>npred</c> is. A bin in which nothing can be fitted is NaN, with success 0.
    /// </summary>
    /// <param name="datasets">On one image geometry; several are one joint estimate.</param>
    /// <exception cref="MapException">The position is outside the image or no bin has data there; an option is out of range.</exception>
    public static FluxMaps Run(IReadOnlyList<MapDataset> datasets, SkyPosition position, TsMapOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var grid = datasets[0].Grid;
        if (!grid.TryPixelOf(position, out int x, out int y)) throw MapErrors.OutsideImage(position, datasets[0].Place, grid);
        var pixel = new PixelRegion(x, y, 1, 1);
        var groups = EnergyGroups.Create(datasets[0].Energy, options);
        var kernels = new TsMapEstimator(options).EstimateKernels(datasets);
        var bins = new List<FluxMaps?>();
        var counts = new List<double>();
        for (var bin = 0; bin < groups.Bins.Length; bin++)
        {
            var own = options with { AllEnergyBins = false, EnergyEdgesTeV = [groups.Axis.Edges[bin], groups.Axis.Edges[bin + 1]] };
            var ofBin = new EstimatorKernels([.. kernels.Of(bin).Select(kernel => new[] { kernel })], null, kernels.Warnings);
            var maps = Fit(datasets, ofBin, own, pixel, cancellationToken);
            bins.Add(maps);
            counts.Add(maps is null ? double.NaN : CountsUnderKernel(datasets, ofBin, own, groups.Bins[bin], pixel));
            progress?.Report((bin + 1.0) / groups.Bins.Length);
        }

        return Join(bins, counts, new MapGeometry(grid.Cutout(pixel), groups.Axis)) ?? throw MapErrors.NothingAt(position, x, y, datasets.Select(dataset => dataset.Place));
    }

    /// <summary>Null where the pixel has nothing to fit in this bin.</summary>
    private static FluxMaps? Fit(IReadOnlyList<MapDataset> datasets, EstimatorKernels kernels, TsMapOptions options, PixelRegion pixel, CancellationToken cancellationToken)
    {
        try
        {
            var maps = new TsMapEstimator(options).Run(datasets, kernels, pixel, null, cancellationToken);
            return double.IsNaN(maps.Find("stat_null")!.Data[0]) ? null : maps;
        }
        catch (MapException nothing) when (nothing.Error == MapError.BadValues)
        {
            return null;
        }
    }

    private static double CountsUnderKernel(IReadOnlyList<MapDataset> datasets, EstimatorKernels kernels, TsMapOptions options, (int First, int Last) bins, PixelRegion pixel)
    {
        var sum = new double[1];
        using var arrays = new FitArrays();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.NJobs };
        var read = pixel.Grow(kernels.PadWidth).Intersect(datasets[0].Grid.Region);
        foreach (var layer in FitInputs.Create(datasets, datasets, kernels.Of(0), options with { Threshold = null }, bins, read, arrays, parallel).Layers)
            BoxSums.Add(layer.Counts, layer.Width, layer.Height, layer.Half, pixel.Shift(-read.X, -read.Y), sum, new double[BoxSums.RoomFor(pixel, layer.Half)]);
        return sum[0];
    }

    /// <summary>Null when no bin has anything.</summary>
    private static FluxMaps? Join(List<FluxMaps?> bins, List<double> counts, MapGeometry geometry)
    {
        if (bins.Find(maps => maps is not null) is not { } any) return null;
        var joined = new Dictionary<string, Map<double>>();
        // The likelihood's profile is no single value of a bin.
        foreach (var name in any.Stored.Where(name => any.Find(name)!.Data.Length == 1))
        {
            var missing = name is "success" or "status" ? 0 : double.NaN;
            joined[name] = new Map<double>(geometry, [.. bins.Select(maps => maps?.Find(name)!.Data[0] ?? missing)]);
        }

        joined["counts"] = new Map<double>(geometry, [.. counts]);
        return new FluxMaps(geometry, joined, any.Model, any.NSigma, any.NSigmaUl, any.Gti, [.. bins.SelectMany(maps => maps?.Warnings ?? []).Distinct()]);
    }
}
