using TsMapSurvey.Likelihood;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>
/// Fits the pixels of rows, one after the other from the left: entries slide in and out under the kernel, and each fit
/// starts from its neighbour's norm. Owned by one thread at a time; allocates only when it is made.
/// </summary>
internal sealed class RowFitter
{
    private readonly FitInputs _inputs;
    private readonly WindowSums _sums;
    private readonly PixelRegion _region;
    private readonly TsMapOptions _options;
    private readonly TsMapPlane _output;
    private readonly double[] _counts;
    private readonly double[] _ratio;
    private readonly (int First, int End)[][] _window;
    private readonly Func<double, double> _npred;
    private int _x;
    private int _y;

    public RowFitter(FitInputs inputs, WindowSums sums, PixelRegion region, TsMapOptions options, TsMapPlane output)
    {
        (_inputs, _sums, _region, _options, _output) = (inputs, sums, region, options, output);
        var most = inputs.Layers.Sum(layer => Math.Min(layer.EntryX.Length, layer.KernelSize * layer.KernelSize));
        (_counts, _ratio) = (new double[most], new double[most]);
        _window = [.. inputs.Layers.Select(layer => new (int, int)[layer.KernelSize])];
        _npred = CutNpred;
    }

    /// <summary>Fits one row of the region.</summary>
    public void Fit(int row)
    {
        _y = _region.Y + row;
        OpenWindow();
        var start = double.NaN;
        for (var column = 0; column < _region.Width; column++)
        {
            var x = _region.X + column;
            if (!_inputs.Positions[_y * _inputs.Width + x]) continue;
            var index = row * _region.Width + column;
            if (_sums.Signal[index] > 0) start = FitPixel(x, index, start);
            else _output.Status[index] = FitStatus.NoExposure;
        }
    }

    private double FitPixel(int x, int index, double start)
    {
        _x = x;
        var entries = Gather(x);
        var problem = new CashProblem
        {
            Counts = _counts.AsSpan(0, entries),
            Ratio = _ratio.AsSpan(0, entries),
            Signal = _sums.Signal[index],
            TotalCounts = _sums.Counts[index],
        };
        if (Guessed(problem, x, index) is { } guessed)
        {
            _output.Write(index, problem, guessed, -LeastRatio(x), _sums.Background[index], _sums.HalfStatNull[index], _options, _npred);
            return guessed.Norm;
        }

        var fit = NormRoot.Find(problem, start, _options.Rtol, _options.MaxNiter);
        var floor = fit.Norm > 0 && !_options.Selection.HasFlag(TsMapSelection.ErrnErrp) ? double.NegativeInfinity : -LeastRatio(x);
        if (!(fit.Norm > floor)) fit = fit with { Norm = floor, Status = fit.Status | FitStatus.BoundHit };
        _output.Write(index, problem, fit, floor, _sums.Background[index], _sums.HalfStatNull[index], _options, _npred);
        return fit.Norm;
    }

    /// <summary>The guessed norm where it is good enough: its TS is not above the threshold.</summary>
    private NormFit? Guessed(in CashProblem problem, int x, int index)
    {
        if (_inputs.Guess is not { } guess) return null;
        var norm = guess[_y * _inputs.Width + x];
        var ts = Profile.CutTs(problem, norm, _sums.Background[index], _npred);
        return ts > _options.Threshold ? null : new NormFit(norm, 0, FitStatus.Converged);
    }

    private void OpenWindow()
    {
        for (var l = 0; l < _window.Length; l++)
        {
            var layer = _inputs.Layers[l];
            for (var dy = 0; dy < layer.KernelSize; dy++)
            {
                var y = _y + dy - layer.Half;
                var start = y >= 0 && y < layer.Height ? layer.RowStart[y] : 0;
                _window[l][dy] = (start, start);
            }
        }
    }

    /// <summary>n and c = b/m of the counted entries under the kernel at x.</summary>
    private int Gather(int x)
    {
        var count = 0;
        for (var l = 0; l < _window.Length; l++)
        {
            var layer = _inputs.Layers[l];
            var (size, half, entryX) = (layer.KernelSize, layer.Half, layer.EntryX);
            var firstRow = Math.Max(0, half - _y);
            var endRow = Math.Min(size, layer.Height + half - _y);
            for (var dy = firstRow; dy < endRow; dy++)
            {
                var (first, end) = _window[l][dy];
                var rowEnd = layer.RowStart[_y + dy - half + 1];
                while (first < rowEnd && entryX[first] < x - half) first++;
                end = Math.Max(end, first);
                while (end < rowEnd && entryX[end] <= x + half) end++;
                _window[l][dy] = (first, end);
                var origin = dy * size + half - x;
                for (var e = first; e < end; e++)
                {
                    _counts[count] = layer.EntryCounts[e];
                    _ratio[count++] = layer.EntryRatio[e] * layer.InverseKernels[layer.EntryPattern[e]][origin + entryX[e]];
                }
            }
        }

        return count;
    }

    /// <summary>min b/m over all entries under the kernel with m &gt; 0, counted or not: below -b/m that entry's μ would be negative.</summary>
    private double LeastRatio(int x)
    {
        var least = double.PositiveInfinity;
        foreach (var layer in _inputs.Layers)
        {
            var (size, half) = (layer.KernelSize, layer.Half);
            var (firstX, endX) = (Math.Max(0, x - half), Math.Min(layer.Width, x + half + 1));
            for (var y = Math.Max(0, _y - half); y < Math.Min(layer.Height, _y + half + 1); y++)
            {
                var row = y * layer.Width + firstX;
                var inverse = (y - _y + half) * size + firstX - x + half;
                least = Math.Min(least, layer.InverseKernels.Length == 1
                    ? RowArithmetic.LeastProduct(layer.BackgroundOverExposure.AsSpan(row, endX - firstX), layer.InverseKernels[0].AsSpan(inverse, endX - firstX))
                    : LeastOfPatterns(layer, row, inverse, endX - firstX));
            }
        }

        return least;
    }

    private static double LeastOfPatterns(FitLayer layer, int row, int inverse, int length)
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i < length; i++)
            least = Math.Min(least, layer.BackgroundOverExposure[row + i] * layer.InverseKernels[layer.Pattern[row + i]][inverse + i]);
        return least;
    }

    /// <summary>Σ max(b + N m, 0) over all entries under the kernel at the current pixel.</summary>
    private double CutNpred(double norm)
    {
        var sum = 0.0;
        foreach (var layer in _inputs.Layers)
        {
            var (size, half) = (layer.KernelSize, layer.Half);
            var (firstX, endX) = (Math.Max(0, _x - half), Math.Min(layer.Width, _x + half + 1));
            for (var y = Math.Max(0, _y - half); y < Math.Min(layer.Height, _y + half + 1); y++)
                for (var x = firstX; x < endX; x++)
                {
                    var i = y * layer.Width + x;
                    var signal = layer.Exposure[i] * layer.Kernels[layer.Pattern[i]][(y - _y + half) * size + x - _x + half];
                    sum += Math.Max(layer.Background[i] + norm * signal, 0);
                }
        }

        return sum;
    }
}
