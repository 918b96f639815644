using TsMapSurvey.Likelihood;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>
/// What every pixel's fit knows without its entries, one map each over the wanted region: Σ m by correlation of the exposure
/// with the kernel; Σ n, Σ b and Σ (b - n ln b) over the kernel's square.
/// </summary>
internal sealed class WindowSums
{
    private readonly PixelRegion _region;

    public WindowSums(IReadOnlyList<FitLayer> layers, PixelRegion region, int threads, CancellationToken cancellationToken)
    {
        _region = region;
        (Signal, Counts, Background, HalfStatNull) = (new double[region.Area], new double[region.Area], new double[region.Area], new double[region.Area]);
        foreach (var layer in layers)
        {
            Correlate(layer, threads, cancellationToken);
            AddBox(layer, Counts, (n, _) => n);
            AddBox(layer, Background, (_, b) => b);
            AddBox(layer, HalfStatNull, (n, b) => Math.Max(b, Cash.Truncation) - (n > 0 ? n * Math.Log(Math.Max(b, Cash.Truncation)) : 0));
        }
    }

    /// <summary>Σ m.</summary>
    public double[] Signal { get; }

    /// <summary>Σ n.</summary>
    public double[] Counts { get; }

    /// <summary>Σ b.</summary>
    public double[] Background { get; }

    /// <summary>½ C(0).</summary>
    public double[] HalfStatNull { get; }

    /// <summary>Signal(p) += Σ_x K_pattern(p+x)(x) E(p + x), row by row; the order of the sum does not depend on the threads.</summary>
    private void Correlate(FitLayer layer, int threads, CancellationToken cancellationToken)
    {
        var half = layer.Half;
        var padded = _region.Width + 2 * half;
        Parallel.For(0, _region.Height, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, row =>
        {
            var target = Signal.AsSpan(row * _region.Width, _region.Width);
            Span<double> source = new double[padded];
            for (var dy = -half; dy <= half; dy++)
            {
                var y = _region.Y + row + dy;
                if (y < 0 || y >= layer.Height) continue;
                for (var pattern = 0; pattern < layer.Kernels.Length; pattern++)
                {
                    if (!CopyRow(layer, y, pattern, source, half)) continue;
                    var kernel = layer.Kernels[pattern].AsSpan((dy + half) * layer.KernelSize, layer.KernelSize);
                    for (var dx = 0; dx < kernel.Length; dx++)
                        if (kernel[dx] != 0) RowArithmetic.AddScaled(target, source.Slice(dx, target.Length), kernel[dx]);
                }
            }
        });
    }

    /// <summary>The exposure of one row, of the pixels of one pattern, half a kernel wider than the region; false when it is all zero.</summary>
    private bool CopyRow(FitLayer layer, int y, int pattern, Span<double> row, int half)
    {
        row.Clear();
        var any = false;
        var first = Math.Max(0, _region.X - half);
        var last = Math.Min(layer.Width, _region.X + _region.Width + half);
        for (var x = first; x < last; x++)
        {
            var i = y * layer.Width + x;
            if (layer.Pattern[i] != pattern || layer.Exposure[i] == 0) continue;
            row[x - _region.X + half] = layer.Exposure[i];
            any = true;
        }

        return any;
    }

    /// <summary>Adds to each pixel the sum of a quantity over the kernel's square around it: along x, then along y.</summary>
    private void AddBox(FitLayer layer, double[] sums, Func<double, double, double> quantity)
    {
        var half = layer.Half;
        var top = Math.Max(0, _region.Y - half);
        var rows = Math.Max(0, Math.Min(layer.Height, _region.Y + _region.Height + half) - top);
        var along = new double[rows * _region.Width];
        var values = new double[layer.Width];
        for (var row = 0; row < rows; row++)
        {
            for (var x = 0; x < values.Length; x++)
            {
                var i = (top + row) * layer.Width + x;
                values[x] = layer.Counts[i] == 0 && layer.Background[i] == 0 ? 0 : quantity(layer.Counts[i], layer.Background[i]);
            }

            for (var x = 0; x < _region.Width; x++)
            {
                var first = Math.Max(0, _region.X + x - half);
                var last = Math.Min(layer.Width - 1, _region.X + x + half);
                var sum = 0.0;
                for (var i = first; i <= last; i++) sum += values[i];
                along[row * _region.Width + x] = sum;
            }
        }

        for (var y = 0; y < _region.Height; y++)
            for (var row = Math.Max(0, _region.Y + y - half - top); row < Math.Min(rows, _region.Y + y + half + 1 - top); row++)
                RowArithmetic.AddScaled(sums.AsSpan(y * _region.Width, _region.Width), along.AsSpan(row * _region.Width, _region.Width), 1);
    }
}
