using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>Fits the rows of a region in parallel, in runs of several rows.</summary>
internal static class BlockFit
{
    /// <summary>
    /// Rows that one thread fits in a run. Short runs are slow, as their first row cannot start from the norms of the row above; long runs
    /// leave cores idle at the end. The number does not depend on the number of threads, so that results do not depend on it either.
    /// </summary>
    public const int Rows = 8;

    /// <param name="region">Pixels of the image; the inputs must include everything under their kernels.</param>
    /// <param name="output">Output with the geometry of the region.</param>
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
