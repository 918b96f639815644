using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Downsampling;

/// <summary>
/// Converts maps of coarse pixels to fine pixels: values are interpolated linearly between block centres and constant beyond the outermost
/// centres; counters and flags are those of the block. A pixel is NaN if its own block is; otherwise neighbours that are NaN are left out
/// of the interpolation. sqrt_ts is interpolated with its sign, and ts is its square.
/// </summary>
internal static class Upsampling
{
    private static readonly string[] NotInterpolated = ["niter", "success", "status"];

    /// <param name="coarse">Maps of a part of the coarse image.</param>
    /// <param name="part">The pixels of the coarse image in <paramref name="coarse"/>.</param>
    /// <param name="region">The fine pixels of the result. Their blocks and the neighbours of these must be in the part, or outside the
    /// coarse image.</param>
    public static FluxMaps Create(CoarseGrid blocks, FluxMaps coarse, PixelRegion part, PixelRegion region)
    {
        var grid = blocks.Fine.Cutout(region);
        var columns = Steps(region.X, region.Width, blocks.Left, blocks.Factor, part.X, part.Width);
        var rows = Steps(region.Y, region.Height, blocks.Below, blocks.Factor, part.Y, part.Height);
        var maps = new Dictionary<string, Map<double>>();
        foreach (var name in coarse.Stored)
        {
            var map = maps[name] = new Map<double>(coarse.Find(name)!.Geometry.WithGrid(grid), coarse.Find(name)!.Unit);
            var source = coarse.Find(name == "ts" && coarse.Stored.Contains("sqrt_ts") ? "sqrt_ts" : name)!;
            for (var plane = 0; plane < map.Geometry.PlaneCount; plane++) Fill(
                map.Plane(plane), source.Plane(plane), rows, columns, part.Width, NotInterpolated.Contains(name));
            if (name == "ts")
                for (var i = 0; i < map.Data.Length; i++) map.Data[i] *= map.Data[i];
        }

        return new FluxMaps(coarse.Geometry.WithGrid(grid), maps, coarse.Model, coarse.NSigma, coarse.NSigmaUl, coarse.Gti,
            coarse.Warnings)
        { KernelWidthDeg = coarse.KernelWidthDeg };
    }

    private static void Fill(Span<double> fine, ReadOnlySpan<double> coarse, Step[] rows, Step[] columns, int width, bool ofBlock)
    {
        for (var y = 0; y < rows.Length; y++)
            for (var x = 0; x < columns.Length; x++)
            {
                var (row, column) = (rows[y], columns[x]);
                var own = coarse[row.Own * width + column.Own];
                if (!ofBlock && !double.IsNaN(own))
                {
                    var (sum, weight) = (0.0, 0.0);
                    Add(coarse[row.Low * width + column.Low], (1 - row.Share) * (1 - column.Share));
                    Add(coarse[row.Low * width + column.High], (1 - row.Share) * column.Share);
                    Add(coarse[row.High * width + column.Low], row.Share * (1 - column.Share));
                    Add(coarse[row.High * width + column.High], row.Share * column.Share);
                    own = sum / weight;

                    void Add(double value, double share)
                    {
                        if (double.IsNaN(value)) return;
                        sum += value * share;
                        weight += share;
                    }
                }

                fine[y * columns.Length + x] = own;
            }
    }

    /// <summary>
    /// For each fine pixel i its own block, the two nearest block centres, and the fraction of the way from the lower to the higher one.
    /// Its position in coarse pixels is (i - (f - 1) / 2) / f.
    /// </summary>
    private static Step[] Steps(int first, int count, int before, int factor, int partFirst, int partCount) =>
        [.. Enumerable.Range(first + before, count).Select(i =>
        {
            var centre = (i - (factor - 1) / 2.0) / factor;
            var low = (int)Math.Floor(centre);
            int Within(int pixel) => Math.Clamp(pixel - partFirst, 0, partCount - 1);
            return new Step(Within(i / factor), Within(low), Within(low + 1), centre - low);
        })];

    private readonly record struct Step(int Own, int Low, int High, double Share);
}
