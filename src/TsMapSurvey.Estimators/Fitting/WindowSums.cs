using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// Sums for the fit of every pixel that do not depend on the norm, one map each over the fitted region: Σ m by correlation of the exposure
/// with the kernel; Σ n, Σ b and Σ (b - n ln b) over the kernel's square. The maps are padded, so that the last block may read beyond the
/// end.
/// </summary>
internal sealed class WindowSums
{
    private readonly FitArrays _arrays;

    private WindowSums(PixelRegion region, FitArrays arrays)
    {
        double[] New() => arrays.Zeros<double>((int)region.Area + PaddedKernels.Padding);
        (_arrays, Signal, Counts, Background, HalfStatNull) = (arrays, New(), New(), New(), New());
    }

    public double[] Signal { get; }

    public double[] Counts { get; }

    public double[] Background { get; }

    /// <summary>½ C(0).</summary>
    public double[] HalfStatNull { get; }

    public static WindowSums Create<T>(IReadOnlyList<FitLayer> layers, PixelRegion region, FitArrays arrays, ParallelOptions parallel)
        where T : struct, ILanes<T>
    {
        var sums = new WindowSums(region, arrays);
        foreach (var layer in layers)
        {
            Parallel.Invoke(
                parallel,
                () => sums.AddSignal<T>(layer, region, parallel),
                () => sums.AddBoxes(layer, region));
        }

        return sums;
    }

    private void AddSignal<T>(FitLayer layer, PixelRegion region, ParallelOptions parallel)
        where T : struct, ILanes<T>
    {
        var padding = layer.Half + SignalSums.Spare<T>();
        var rows = new PatternRows(
            layer, Math.Max(0, region.Y - layer.Half), Math.Min(layer.Height, region.Y + region.Height + layer.Half), padding, _arrays);
        Parallel.For(0, region.Height, parallel, () => new double[region.Width + SignalSums.Spare<T>()], (row, _, line) =>
        {
            Array.Clear(line);
            SignalSums.AddRow<T>(layer, rows, padding, region, region.Y + row, line);
            RowArithmetic.Add(Signal.AsSpan(row * region.Width, region.Width), line.AsSpan(0, region.Width));
            return line;
        }, _ => { });
    }

    private void AddBoxes(FitLayer layer, PixelRegion region)
    {
        var along = _arrays.Take<double>(BoxSums.BufferLength(region, layer.Half));
        BoxSums.Add(layer.Counts, layer.Width, layer.Height, layer.Half, region, Counts, along);
        BoxSums.Add(layer.Background, layer.Width, layer.Height, layer.Half, region, Background, along);
        var stat = _arrays.Zeros<double>(layer.Counts.Length);
        for (var i = 0; i < stat.Length; i++)
        {
            var (n, b) = (layer.Counts[i], layer.Background[i]);
            if (n == 0 && b == 0) continue;
            stat[i] = Math.Max(b, Cash.Truncation) - (n > 0 ? n * Math.Log(Math.Max(b, Cash.Truncation)) : 0);
        }

        BoxSums.Add(stat, layer.Width, layer.Height, layer.Half, region, HalfStatNull, along);
    }
}
