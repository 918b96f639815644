using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Downsampling;

/// <summary>
/// Maps of coarse pixels brought back to fine ones (numerics 3.9): interpolated linearly between block centres, constant beyond the
/// outermost; counters and flags are those of the block. A pixel has a value where its own block has one, from those of the neighbours
/// that have one. sqrt_ts is interpolated with its sign, and ts is its square.
/// </summary>
internal static class Upsampling
{
    private static readonly string[] OfBlock = ["niter", "success", "status"];

    /// <param name="coarse">Maps over a part of the coarse image.</param>
    /// <param name="part">Which part.</param>
    /// <param name="region">The fine pixels wanted; their blocks and the neighbours of these are in the part, or beyond the coarse
    /// image.</param>
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
                map.Plane(plane), source.Plane(plane), rows, columns, part.Width, OfBlock.Contains(name));
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
    /// Between which coarse pixels each fine one lies, and how far towards the higher; block centres lie at (i - (f - 1) / 2) / f.
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
