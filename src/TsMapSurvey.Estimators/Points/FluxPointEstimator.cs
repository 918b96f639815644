using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Points;

/// <summary>The estimator at one position: maps of a single pixel, with one value for each energy bin.</summary>
public static class FluxPointEstimator
{
    /// <summary>The largest fraction of a source outside its kernel without a warning.</summary>
    private const double MaxCutFraction = 1e-3;

    /// <summary>Rounding error of a pixel coordinate. A position closer than this to a pixel's centre is placed on the centre.</summary>
    private const double OnCentrePixels = 1e-6;

    /// <summary>
    /// Fits a source at any position, which need not be a pixel's centre; the kernel is a square of pixels around the pixel that contains
    /// it. At a pixel's centre the result is that of <see cref="TsMapEstimator"/> for this pixel. The quantity <c>counts</c> is added: the
    /// sum under the kernel, as for <c>npred</c>. The image is one pixel with the position at its centre. A bin in which nothing can be
    /// fitted is NaN, with success 0. If the kernel omits more than a thousandth of the source, the result has a warning.
    /// </summary>
    /// <param name="datasets">All with the same image geometry; several are fitted jointly.</param>
    /// <exception cref="MapException">The position is outside the image or no bin has data there; an option is out of range.</exception>
    public static FluxMaps Run(IReadOnlyList<MapDataset> datasets, SkyPosition position, TsMapOptions options,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var grid = datasets[0].Grid;
        if (!grid.TryPixelOf(position, out int x, out int y)) throw EstimatorErrors.OutsideImage(position, datasets[0].Place, grid);
        var pixel = new PixelRegion(x, y, 1, 1);
        var groups = EnergyGroups.Create(datasets[0].Energy, options);
        var place = new KernelOptions(MaxPsfRadiusDeg: options.MaxPsfRadiusDeg, NJobs: options.NJobs)
        {
            Offset = OffsetOf(grid, position),
            MeasuresContainment = true,
        };
        var kernels = new TsMapEstimator(options).EstimateKernels(datasets, null, place);
        string[] warnings = [.. kernels.Warnings, .. CutWarning(kernels, groups.Axis, grid.PixelScaleDeg)];
        var bins = new List<FluxMaps?>();
        var counts = new List<double>();
        for (var bin = 0; bin < groups.Bins.Length; bin++)
        {
            var own = options with { AllEnergyBins = false, EnergyEdgesTeV = [groups.Axis.Edges[bin], groups.Axis.Edges[bin + 1]] };
            var ofBin = new EstimatorKernels([.. kernels.Of(bin).Select(kernel => new[] { kernel })], null, warnings);
            var maps = Fit(datasets, ofBin, own, pixel, cancellationToken);
            bins.Add(maps);
            counts.Add(maps is null ? double.NaN : CountsUnderKernel(datasets, ofBin, own, groups.Bins[bin], pixel));
            progress?.Report((bin + 1.0) / groups.Bins.Length);
        }

        if (Join(bins, counts, new MapGeometry(grid.Recentred(position, 1), groups.Axis)) is { } points) return points;
        var places = datasets.Select(dataset => dataset.Place);
        var all = (groups.Bins[0].First, groups.Bins[^1].Last);
        if (!HasPositions(datasets, all, y * grid.Width + x)) throw EstimatorErrors.NothingAt(position, x, y, places);
        var reason = EmptyMapReason.Of([.. datasets.Select(dataset => new InMemoryDataset(dataset))], all, options.Model.Spectral);
        throw EstimatorErrors.NothingExposedAt(position, x, y, places, reason);
    }

    /// <summary>Offset of a position from the centre of the pixel that contains it, in pixels.</summary>
    private static (double X, double Y) OffsetOf(SkyGrid grid, SkyPosition position)
    {
        grid.TryPixelOf(position, out double x, out double y);
        static double Within(double pixel) =>
            pixel - Math.Floor(pixel + 0.5) is var offset && Math.Abs(offset) > OnCentrePixels ? offset : 0;
        return (Within(x), Within(y));
    }

    /// <summary>
    /// A warning for the energy bin with the largest fraction of the source outside the kernel; none if it is below the limit.
    /// </summary>
    private static IEnumerable<string> CutWarning(EstimatorKernels kernels, MapAxis energy, double pixelDeg)
    {
        var (most, bin, width) = (0.0, 0, 0);
        for (var group = 0; group < energy.BinCount; group++)
            foreach (var kernel in kernels.Of(group))
                for (var plane = 0; plane < kernel.Planes.Length; plane++)
                {
                    var cut = Array.Exists(kernel.Planes[plane], value => value > 0) ? 1 - kernel.ContainedFractions[plane] : 0;
                    if (cut > most) (most, bin, width) = (cut, group, kernel.Size);
                }

        if (most > MaxCutFraction)
            yield return FormattableString.Invariant(
                $"the kernel of {width * pixelDeg:g4} deg omits {100 * most:g3} % of the source ")
                + FormattableString.Invariant(
                    $"from {energy.Edges[bin]:g4} to {energy.Edges[bin + 1]:g4} TeV, and fluxes are too low by this amount; ")
                    + "use a larger kernel_width";
    }

    private static bool HasPositions(IReadOnlyList<MapDataset> datasets, (int First, int Last) bins, int pixel) =>
        datasets.Any(dataset => Enumerable.Range(bins.First, bins.Last - bins.First + 1)
            .Any(bin => MapCentre.IsUnmasked(dataset, bin, pixel) && dataset.Background!.Plane(bin)[pixel] > 0));

    /// <summary>The maps of one energy bin; null if nothing can be fitted in it.</summary>
    private static FluxMaps? Fit(IReadOnlyList<MapDataset> datasets, EstimatorKernels kernels, TsMapOptions options, PixelRegion pixel,
        CancellationToken cancellationToken)
    {
        try
        {
            var maps = new TsMapEstimator(options).Run(datasets, kernels, pixel, null, cancellationToken);
            return double.IsNaN(maps.Find("stat_null")!.Data[0]) ? null : maps;
        }
        catch (MapException exception) when (exception.Error == MapError.BadValues)
        {
            return null;
        }
    }

    private static double CountsUnderKernel(
        IReadOnlyList<MapDataset> datasets, EstimatorKernels kernels, TsMapOptions options, (int First, int Last) bins, PixelRegion pixel)
    {
        var sum = new double[1];
        using var arrays = new FitArrays();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.NJobs };
        var read = pixel.Grow(kernels.PadWidth).Intersect(datasets[0].Grid.Region);
        foreach (var layer in FitInputs.Create(
            datasets, datasets, kernels.Of(0), options with { Threshold = null }, bins, read, arrays, parallel).Layers)
            BoxSums.Add(layer.Counts, layer.Width, layer.Height, layer.Half, pixel.Shift(-read.X, -read.Y), sum,
                new double[BoxSums.BufferLength(pixel, layer.Half)]);
        return sum[0];
    }

    /// <summary>Joins the maps of the energy bins; null if no bin has a fit.</summary>
    private static FluxMaps? Join(List<FluxMaps?> bins, List<double> counts, MapGeometry geometry)
    {
        if (bins.Find(maps => maps is not null) is not { } any) return null;
        var joined = new Dictionary<string, Map<double>>();
        // The likelihood profile, which has several values per bin, is left out.
        foreach (var name in any.Stored.Where(name => any.Find(name)!.Data.Length == 1))
            joined[name] = new Map<double>(geometry, [.. bins.Select(maps => maps?.Find(name)!.Data[0] ?? FluxMaps.Unfitted(name))]);

        joined["counts"] = new Map<double>(geometry, [.. counts]);
        return new FluxMaps(
            geometry, joined, any.Model, any.NSigma, any.NSigmaUl, any.Gti, [.. bins.SelectMany(maps => maps?.Warnings ?? []).Distinct()])
        {
            KernelWidthDeg = bins.Max(maps => maps?.KernelWidthDeg),
        };
    }
}
