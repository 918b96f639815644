using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>The estimator with a downsampling factor: reduce the datasets, fit, interpolate the maps (numerics 3.9).</summary>
internal static class DownsampledEstimate
{
    /// <param name="region">Null for the whole map, whose blocks are gammapy's; otherwise they are those of a tile.</param>
    public static FluxMaps Run(
        TsMapOptions options, IReadOnlyList<MapDataset> datasets, MapDataset? irfs, PixelRegion? region, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (factor, grid) = (options.DownsamplingFactor ?? 1, datasets[0].Grid);
        var size = datasets.Max(dataset => KernelSize(options, dataset, irfs ?? dataset, grid, cancellationToken));
        var blocks = region is null ? Downsampling.OfMap(grid, factor, size / 2) : Downsampling.OfTile(grid, factor, size / 2);
        // gammapy fixes the width that it found in fine pixels before it makes the coarse kernel.
        var coarse = new TsMapEstimator(options with { DownsamplingFactor = null, KernelWidthDeg = options.KernelWidthDeg ?? size * grid.PixelScaleDeg });
        MapDataset[] reduced = [.. datasets.Select(dataset => blocks.Reduce(new WholeDataset(dataset), cancellationToken))];
        var wanted = region ?? grid.Region;
        var part = Touched(blocks, wanted);
        return Upsampling.Create(blocks, coarse.Run(reduced, irfs, part, progress, cancellationToken), part, wanted);
    }

    /// <summary>The blocks of a region and their neighbours.</summary>
    public static PixelRegion Touched(Downsampling blocks, PixelRegion region)
    {
        var (x, y) = ((region.X + blocks.Left) / blocks.Factor, (region.Y + blocks.Below) / blocks.Factor);
        var (right, bottom) = ((region.Right - 1 + blocks.Left) / blocks.Factor, (region.Bottom - 1 + blocks.Below) / blocks.Factor);
        return new PixelRegion(x, y, right - x + 1, bottom - y + 1).Grow(1).Intersect(blocks.Coarse.Region);
    }

    /// <summary>The side of the full-resolution kernel, which the border has to hold.</summary>
    private static int KernelSize(TsMapOptions options, MapDataset dataset, MapDataset irfs, SkyGrid grid, CancellationToken cancellationToken)
    {
        var nearest = MapCentre.DistanceToData(new WholeDataset(dataset), [(0, dataset.Energy.BinCount - 1)], cancellationToken)[0];
        return SourceKernel.Create(irfs, grid, irfs.Grid.Centre, options.Model, 0, 0,
            new KernelOptions(options.KernelWidthDeg, options.MaxPsfRadiusDeg, ReferenceEquals(irfs, dataset) ? half => nearest <= half / grid.PixelScaleDeg : null)).Size;
    }
}
