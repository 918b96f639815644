using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators.Fitting;

/// <summary>The optional quantities of a block of fitted pixels: asymmetric errors, upper limit, sensitivity, profile (numerics 3.7, 3.8).</summary>
internal sealed class BlockProfile<T>
    where T : struct, ILanes<T>
{
    private readonly BlockEntries<T> _entries;
    private readonly TsMapOptions _options;
    private readonly TsMapPlane _output;
    private readonly int _area;
    private readonly ScanGrid _grid = new();
    private readonly double[] _norms = new double[ScanGrid.Count * (PaddedKernels.Padding + 1)];
    private readonly double[] _sensitivityAbove;

    public BlockProfile(BlockEntries<T> entries, TsMapOptions options, TsMapPlane output, PixelRegion region)
    {
        (_entries, _options, _output, _area) = (entries, options, output, (int)region.Area);
        _sensitivityAbove = new double[region.Width + PaddedKernels.Padding];
    }

    /// <summary>Starts anew, without rows above.</summary>
    public void Forget() => Array.Fill(_sensitivityAbove, double.NaN);

    /// <param name="x">Image column of the first pixel.</param>
    /// <param name="column">The same in the region.</param>
    /// <param name="index">Of the first pixel in the output.</param>
    /// <param name="fitted">One bit a lane.</param>
    public void Write(in CashBlock<T> block, in BlockNorm<T> best, int x, int column, int index, uint fitted)
    {
        var dense = _options.Selection == TsMapSelection.Ul ? default : _entries.Dense(x);
        CountedSums.Shift(block, best.Norm, _entries.Shifted);
        var shifted = new CashBlock<T>
        {
            Counts = block.Counts,
            Least = [],
            Ratio = _entries.Shifted.AsSpan(0, block.Ratio.Length),
            Signal = block.Signal,
            TotalCounts = block.TotalCounts,
        };
        var nan = T.Of(double.NaN);
        if (_output.NormErrn is { } errn)
        {
            var (lower, upper) = (Profile.Lower(shifted, dense, best.Norm, best.Bound, _options.NSigma), Profile.Upper(shifted, _options.NSigma));
            TsMapPlane.Write(errn, index, T.Select(best.HasErrors, lower, nan), fitted);
            TsMapPlane.Write(_output.NormErrp!, index, T.Select(best.HasErrors, upper, nan), fitted);
            Mark(T.And(best.HasErrors, T.LessOrEqual(lower, lower)), FitStatus.ErrorsOk, index, fitted);
        }

        if (_output.NormUl is { } limits)
        {
            TsMapPlane.Write(limits, index, T.Select(best.HasLimit, best.Norm + Profile.Upper(shifted, _options.NSigmaUl), nan), fitted);
            Mark(best.HasLimit, FitStatus.UpperLimitOk, index, fitted);
        }

        if (_output.NormSensitivity is { } sensitivities)
        {
            ref var above = ref MemoryMarshal.GetArrayDataReference(_sensitivityAbove);
            var sensitivity = Sensitivity.Find(dense, _options.NSigmaSensitivity, T.Load(ref above, column));
            T.Store(sensitivity, ref above, column);
            TsMapPlane.Write(sensitivities, index, sensitivity, fitted);
        }

        if (_output.StatScan is not null) WriteScan(block, dense, best, index, fitted);
    }

    /// <summary>C at each norm of the grid less C(0); below the bound the norm's own cut.</summary>
    private void WriteScan(in CashBlock<T> block, in DenseBlock<T> dense, in BlockNorm<T> best, int index, uint fitted)
    {
        Span<double> norm = stackalloc double[PaddedKernels.Padding + 1];
        Span<double> error = stackalloc double[PaddedKernels.Padding + 1];
        Span<double> grid = stackalloc double[ScanGrid.Count];
        T.Store(best.Norm, ref MemoryMarshal.GetReference(norm), 0);
        T.Store(best.Error, ref MemoryMarshal.GetReference(error), 0);
        for (var lane = 0; lane < T.Count; lane++)
        {
            _grid.Fill(norm[lane], error[lane], _options.Norm, grid);
            for (var point = 0; point < grid.Length; point++) _norms[point * T.Count + lane] = grid[point];
        }

        var npredNull = DenseSums.Cut(dense, T.Of(0)).Npred;
        ref var norms = ref MemoryMarshal.GetArrayDataReference(_norms);
        for (var point = 0; point < ScanGrid.Count; point++)
        {
            var at = T.Load(ref norms, point * T.Count);
            var ts = T.Any(T.Less(at, best.Bound)) ? Profile.Ts(block, dense, at, npredNull) : Profile.Ts(block, at);
            TsMapPlane.Write(_output.ScanNorms!, point * _area + index, at, fitted);
            TsMapPlane.Write(_output.StatScan!, point * _area + index, T.Of(0) - ts, fitted);
        }
    }

    private void Mark(T mask, FitStatus flag, int index, uint fitted)
    {
        Span<double> lanes = stackalloc double[PaddedKernels.Padding + 1];
        T.Store(mask, ref MemoryMarshal.GetReference(lanes), 0);
        for (var lane = 0; lane < T.Count; lane++)
            if ((fitted >> lane & 1) != 0 && BitConverter.DoubleToInt64Bits(lanes[lane]) != 0) _output.Status[index + lane] |= flag;
    }
}
