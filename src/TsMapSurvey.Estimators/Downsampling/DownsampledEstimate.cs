using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Downsampling;

/// <summary>The estimator with a downsampling factor: reduce the datasets, fit, interpolate the maps.</summary>
internal static class DownsampledEstimate
{
    /// <param name="region">Null for the whole map with gammapy's blocks; otherwise a tile's region, with the blocks of a tile.</param>
    public static FluxMaps Run(
        TsMapOptions options, IReadOnlyList<MapDataset> datasets, MapDataset? irfs, PixelRegion? region, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        IDatasetRows[] rows = [.. datasets.Select(dataset => new WholeDataset(dataset))];
        var blocks = Blocks(options, rows, irfs, region, cancellationToken, out var coarseOptions);
        MapDataset[] reduced = [.. rows.Select(dataset => blocks.Reduce(dataset, cancellationToken))];
        var wanted = region ?? datasets[0].Grid.Region;
        var part = region is null ? blocks.Coarse.Region : Touched(blocks, wanted);
        return Upsampling.Create(
            blocks, new TsMapEstimator(coarseOptions).Run(reduced, irfs, part, progress, cancellationToken), part, wanted);
    }

    /// <summary>The blocks, with a border of half a kernel.</summary>
    /// <param name="coarseOptions">Options for the coarse map. As in gammapy, the coarse kernel has the width that the kernel in fine
    /// pixels would have.</param>
    public static CoarseGrid Blocks(
        TsMapOptions options, IReadOnlyList<IDatasetRows> datasets, MapDataset? irfs, PixelRegion? region,
        CancellationToken cancellationToken, out TsMapOptions coarseOptions)
    {
        JointGeometry.Check(datasets, options);
        var (factor, grid) = (options.DownsamplingFactor ?? 1, datasets[0].Grid);
        var size = datasets.Max(dataset => KernelSize(options, dataset, irfs, cancellationToken));
        coarseOptions = options with { DownsamplingFactor = null, KernelWidthDeg = options.KernelWidthDeg ?? size * grid.PixelScaleDeg };
        return region is null ? CoarseGrid.OfMap(grid, factor, size / 2) : CoarseGrid.OfTile(grid, factor, size / 2);
    }

    /// <summary>The blocks that overlap with a region, and their neighbours.</summary>
    private static PixelRegion Touched(CoarseGrid blocks, PixelRegion region)
    {
        var (x, y) = ((region.X + blocks.Left) / blocks.Factor, (region.Y + blocks.Below) / blocks.Factor);
        var (right, bottom) = ((region.Right - 1 + blocks.Left) / blocks.Factor, (region.Bottom - 1 + blocks.Below) / blocks.Factor);
        return new PixelRegion(x, y, right - x + 1, bottom - y + 1).Grow(1).Intersect(blocks.Coarse.Region);
    }

    /// <summary>Side in fine pixels.</summary>
    private static int KernelSize(TsMapOptions options, IDatasetRows dataset, MapDataset? irfs, CancellationToken cancellationToken)
    {
        var (pixelDeg, nearest) = (dataset.Grid.PixelScaleDeg, 0.0);
        if (irfs is null) nearest = MapCentre.DistanceToData(dataset, [(0, dataset.Energy.BinCount - 1)], cancellationToken)[0];
        var from = irfs ?? MapCentre.Dataset(dataset, cancellationToken);
        return SourceKernel.Create(
            from, dataset.Grid, from.Grid.Centre, options.Model, 0, 0,
            new KernelOptions(options.KernelWidthDeg ?? DefaultKernelWidth.OfImageDeg(dataset.Grid), options.MaxPsfRadiusDeg, half =>
                nearest <= half / pixelDeg)).Size;
    }
}
