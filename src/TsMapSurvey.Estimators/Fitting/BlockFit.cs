using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>Spreads the rows of a region over threads, some rows at a time.</summary>
internal static class BlockFit
{
    /// <summary>
    /// Rows that one thread fits in a run. A run starts without the norms of a row above, so not too few; the cores finish together, so
    /// not too many; and not by the number of threads, so that this does not change a bit of the result.
    /// </summary>
    public const int Rows = 8;

    /// <param name="region">Of the image; all that its fits see must have been read.</param>
    /// <param name="output">Of the region.</param>
    public static void Run<T>(FitInputs inputs, PixelRegion region, TsMapOptions options, FitOutput output, FitArrays arrays,
        ParallelOptions parallel, IProgress<double>? progress)
        where T : struct, ILanes<T>
    {
        region = region.Shift(-inputs.Read.X, -inputs.Read.Y);
        var sums = WindowSums.Create<T>(inputs.Layers, region, arrays, parallel);
        var done = 0;
        Parallel.For(0, (region.Height + Rows - 1) / Rows, parallel, () =>
            new BlockFitter<T>(inputs, sums, region, options, output, arrays), (run, _, fitter) =>
        {
            var count = Math.Min(Rows, region.Height - run * Rows);
            fitter.Fit(run * Rows, count);
            progress?.Report(Interlocked.Add(ref done, count) / (double)region.Height);
            return fitter;
        }, _ => { });
    }
}
