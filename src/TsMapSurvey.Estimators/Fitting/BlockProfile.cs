using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>The optional quantities of a block of fitted pixels: asymmetric errors, upper limit, sensitivity, profile.</summary>
internal sealed class BlockProfile<T>
    where T : struct, ILanes<T>
{
    private readonly BlockEntries<T> _entries;
    private readonly TsMapOptions _options;
    private readonly FitOutput _output;
    private readonly TsMapPlanes _planes;
    private readonly ScanGrid _grid;
    private readonly double[] _norms = new double[ScanGrid.Count * (PaddedKernels.Padding + 1)];
    private readonly double[] _coefficients;
    private readonly double[] _sensitivityAbove;

    public BlockProfile(BlockEntries<T> entries, TsMapOptions options, FitOutput output, PixelRegion region, FitArrays arrays)
    {
        (_entries, _options, _output, _planes) = (entries, options, output, output.Planes);
        _grid = new ScanGrid(options.Norm);
        _coefficients = _planes.StatScan is null ? [] : arrays.Take<double>(entries.Shifted.Length + 3 * CountedEntry.Classes * T.Count);
        _sensitivityAbove = new double[region.Width + PaddedKernels.Padding];
    }

    public void Reset() => Array.Fill(_sensitivityAbove, double.NaN);

    /// <param name="x">Image column of the first pixel.</param>
    /// <param name="column">Region column of the first pixel.</param>
    /// <param name="index">Index of the first pixel in the region.</param>
    /// <param name="fitted">The fitted lanes, one bit each.</param>
    public void Write(in CashBlock<T> block, in BlockNorm<T> best, int x, int column, int index, uint fitted)
    {
        var to = _output.Start + index;
        var shifted = CountedSums.Shift(block, best.Norm, _entries.Shifted);
        var nan = T.Of(double.NaN);
        if (_planes.NormErrn is { } errn)
        {
            // Only entries with a larger ratio than all counted entries reach μ = 0 before the statistic has risen enough.
            var largestCounted = block.Largest!.Value.Ratio;
            var cut = T.Any(T.Less(largestCounted, best.LargestRatio)) ? _entries.Dense(x, largestCounted) : default;
            var (lower, upper) = (Profile.Lower(shifted, cut, best.Norm, _options.NSigma), Profile.Upper(shifted, _options.NSigma));
            TsMapPlanes.Write(errn, to, T.Select(best.HasErrors, lower, nan), fitted);
            TsMapPlanes.Write(_planes.NormErrp!, to, T.Select(best.HasErrors, upper, nan), fitted);
            Mark(T.And(best.HasErrors, T.LessOrEqual(lower, lower)), FitStatus.ErrorsOk, to, fitted);
        }

        if (_planes.NormUl is { } limits)
        {
            TsMapPlanes.Write(limits, to, T.Select(best.HasLimit, best.Norm + Profile.Upper(shifted, _options.NSigmaUl), nan), fitted);
            Mark(best.HasLimit, FitStatus.UpperLimitOk, to, fitted);
        }

        if (_planes.NormSensitivity is { } sensitivities)
        {
            ref var above = ref MemoryMarshal.GetArrayDataReference(_sensitivityAbove);
            var sensitivity = Sensitivity.Find(_entries.Dense(x), _options.NSigmaSensitivity, T.Load(ref above, column));
            T.Store(sensitivity, ref above, column);
            TsMapPlanes.Write(sensitivities, to, sensitivity, fitted);
        }

        if (_planes.StatScan is not null) WriteScan(block, _entries.Dense(x), best, index, fitted);
    }

    /// <summary>
    /// C minus C(0) at each norm of the grid. For norms below the bound, entries with negative μ are truncated at that norm.
    /// </summary>
    private void WriteScan(in CashBlock<T> block, in DenseBlock<T> dense, in BlockNorm<T> best, int index, uint fitted)
    {
        Span<double> norm = stackalloc double[PaddedKernels.Padding + 1];
        Span<double> error = stackalloc double[PaddedKernels.Padding + 1];
        Span<double> grid = stackalloc double[ScanGrid.Count];
        T.Store(best.Norm, ref MemoryMarshal.GetReference(norm), 0);
        T.Store(best.Error, ref MemoryMarshal.GetReference(error), 0);
        for (var lane = 0; lane < T.Count; lane++)
        {
            _grid.Fill(norm[lane], error[lane], grid);
            for (var point = 0; point < grid.Length; point++) _norms[point * T.Count + lane] = grid[point];
        }

        var bound = BlockEntries<T>.BoundOf(best.LargestRatio);
        ref var norms = ref MemoryMarshal.GetArrayDataReference(_norms);
        Span<int> ends = stackalloc int[block.Ends.Length];
        var curve = new CountedCurve<T>(block, _coefficients, ends);
        var first = _output.Bin * ScanGrid.Count;
        for (var point = 0; point < ScanGrid.Count; point += 2)
        {
            var other = Math.Min(point + 1, ScanGrid.Count - 1);
            var (a, b) = (T.Load(ref norms, point * T.Count), T.Load(ref norms, other * T.Count));
            var (excessA, excessB) = T.Any(T.Less(T.Min(a, b), bound)) ? DenseSums.Excess(dense, a, b) : (T.Of(0), T.Of(0));
            WritePoint(curve, a, excessA, (first + point) * _planes.Area + index, fitted);
            WritePoint(curve, b, excessB, (first + other) * _planes.Area + index, fitted);
        }
    }

    private void WritePoint(in CountedCurve<T> curve, T norm, T excess, int index, uint fitted)
    {
        TsMapPlanes.Write(_planes.ScanValues!, index, norm * T.Of(_output.Dnde), fitted);
        TsMapPlanes.Write(_planes.StatScan!, index, T.Of(0) - Profile.Ts(curve, norm, excess), fitted);
    }

    private void Mark(T mask, FitStatus flag, int index, uint fitted)
    {
        Span<double> lanes = stackalloc double[PaddedKernels.Padding + 1];
        T.Store(mask, ref MemoryMarshal.GetReference(lanes), 0);
        for (var lane = 0; lane < T.Count; lane++)
            if ((fitted >> lane & 1) != 0 && BitConverter.DoubleToInt64Bits(lanes[lane]) != 0) _planes.Status[index + lane] |= flag;
    }
}
