using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// Fits rows of pixels in blocks of neighbours, one pixel per lane. A fit starts from the norm of the pixel above. Allocates only in the
/// constructor.
/// </summary>
internal sealed class BlockFitter<T>
    where T : struct, ILanes<T>
{
    private readonly FitInputs _inputs;
    private readonly WindowSums _sums;
    private readonly PixelRegion _region;
    private readonly TsMapOptions _options;
    private readonly FitOutput _output;
    private readonly TsMapPlanes _planes;
    private readonly BlockEntries<T> _entries;
    private readonly BlockProfile<T>? _profile;
    private readonly double[] _above;

    public BlockFitter(FitInputs inputs, WindowSums sums, PixelRegion region, TsMapOptions options, FitOutput output, FitArrays arrays)
    {
        (_inputs, _sums, _region, _options, _output, _planes) = (inputs, sums, region, options, output, output.Planes);
        _entries = new BlockEntries<T>(inputs.Layers, arrays);
        _profile = options.Selection == TsMapSelection.None ? null : new BlockProfile<T>(_entries, options, output, region, arrays);
        _above = new double[region.Width + PaddedKernels.Padding];
    }

    private static T True => T.LessOrEqual(T.Of(0), T.Of(0));

    public void Fit(int firstRow, int rows)
    {
        Array.Fill(_above, double.NaN);
        _profile?.Reset();
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            _entries.OpenRow(_region.Y + row);
            for (var column = 0; column < _region.Width; column += T.Count)
            {
                var lanes = Math.Min(T.Count, _region.Width - column);
                var fitted = LanesToFit(row, column, lanes);
                if (fitted != (1u << lanes) - 1) _planes.Clear(_output.Bin, row * _region.Width + column, lanes);
                if (fitted != 0) FitBlock(row, column, fitted);
            }
        }
    }

    /// <summary>The lanes with a pixel to fit, one bit each. Sets the status of pixels that have background but no exposure.</summary>
    private uint LanesToFit(int row, int column, int lanes)
    {
        var fitted = 0u;
        for (var lane = 0; lane < lanes; lane++)
        {
            if (!_inputs.Positions[(_region.Y + row) * _inputs.Read.Width + _region.X + column + lane]) continue;
            var index = row * _region.Width + column + lane;
            if (_sums.Signal[index] > 0) fitted |= 1u << lane;
            else _planes.Status[_output.Start + index] = FitStatus.NoExposure;
        }

        return fitted;
    }

    private void FitBlock(int row, int column, uint fitted)
    {
        var (x, index) = (_region.X + column, row * _region.Width + column);
        var (signal, total) = (Lanes(_sums.Signal, index), Lanes(_sums.Counts, index));
        var usable = T.Less(T.Of(0), signal);
        (signal, total) = (T.Select(usable, signal, T.Of(1)), T.And(usable, total));
        var block = _entries.Counted(x, signal, total);
        var fits = NormRoot.Find(block, Lanes(_above, column), _options.Rtol, _options.MaxNiter);
        var (norm, largest, isBound) = (fits.Norm, T.Of(0), T.AndNot(True, True));
        if (_profile is not null || T.Any(T.AndNot(usable, T.Less(T.Of(0), norm))))
        {
            largest = _entries.LargestRatio(x);
            var bound = T.And(usable, BlockEntries<T>.BoundOf(largest));
            isBound = T.LessOrEqual(norm, bound);
            norm = T.Select(isBound, bound, norm);
        }

        T.Store(norm, ref MemoryMarshal.GetArrayDataReference(_above), column);
        var ts = Profile.Ts(block, norm);
        var (iterations, converged) = (fits.Iterations, fits.Converged);
        if (_inputs.Guess is { } guesses)
        {
            var guess = GuessAt(guesses, x);
            var guessTs = Profile.Ts(block, guess, DenseSums.Cut(_entries.Dense(x), guess).Excess);
            var enough = T.LessOrEqual(guessTs, T.Of(_options.Threshold!.Value));
            (norm, ts) = (T.Select(enough, guess, norm), T.Select(enough, guessTs, ts));
            (iterations, converged, isBound) = (T.AndNot(iterations, enough), T.Or(converged, enough), T.AndNot(isBound, enough));
        }

        // Selected for each lane: a lane's result must not depend on its neighbours, which may be outside the row in its last block.
        var moved = _inputs.Guess is null ? isBound : True;
        var curvature = T.Any(moved) ? T.Select(moved, CountedSums.Reciprocals(block, norm).Second, fits.Curvature) : fits.Curvature;
        var error = T.Select(converged, Profile.SymmetricError(curvature, _options.NSigma), T.Of(double.NaN));
        var to = _output.Start + index;
        WriteBlock(index, to, fitted, T.Select(converged, norm, T.Of(double.NaN)), error, ts, iterations, norm * signal);
        WriteStatus(to, fitted, converged, isBound, fits);
        _profile?.Write(
            block, new BlockNorm<T>(norm, error, largest, converged, T.AndNot(converged, fits.NoCounts)), x, column, index, fitted);
    }

    private void WriteBlock(int index, int to, uint fitted, T norm, T error, T ts, T iterations, T excess)
    {
        var (background, statNull) = (Lanes(_sums.Background, index), T.Of(2) * Lanes(_sums.HalfStatNull, index));
        TsMapPlanes.Write(_planes.Norm, to, norm, fitted);
        TsMapPlanes.Write(_planes.NormErr, to, error, fitted);
        TsMapPlanes.Write(_planes.Ts, to, ts, fitted);
        TsMapPlanes.Write(_planes.Niter, to, iterations, fitted);
        TsMapPlanes.Write(_planes.Npred, to, background + excess, fitted);
        TsMapPlanes.Write(_planes.NpredExcess, to, excess, fitted);
        TsMapPlanes.Write(_planes.StatNull, to, statNull, fitted);
        TsMapPlanes.Write(_planes.Stat, to, statNull - ts, fitted);
    }

    private void WriteStatus(int index, uint fitted, T converged, T isBound, in NormFits<T> fits)
    {
        Span<double> masks = stackalloc double[4 * (PaddedKernels.Padding + 1)];
        ref var first = ref MemoryMarshal.GetReference(masks);
        T.Store(converged, ref first, 0);
        T.Store(isBound, ref first, T.Count);
        T.Store(fits.NoCounts, ref first, 2 * T.Count);
        T.Store(fits.SingleEntry, ref first, 3 * T.Count);
        for (var lane = 0; lane < T.Count; lane++)
        {
            if ((fitted >> lane & 1) == 0) continue;
            var status = FitStatus.None;
            if (IsTrue(masks[lane])) status |= FitStatus.Converged;
            if (IsTrue(masks[lane + T.Count])) status |= FitStatus.BoundHit;
            if (IsTrue(masks[lane + 2 * T.Count])) status |= FitStatus.NoCounts;
            if (IsTrue(masks[lane + 3 * T.Count])) status |= FitStatus.SingleEntry;
            _planes.Status[index + lane] = status;
        }
    }

    private T GuessAt(double[] guesses, int x)
    {
        Span<double> lanes = stackalloc double[PaddedKernels.Padding + 1];
        var from = _inputs.Read.Width * _entries.Row + x;
        guesses.AsSpan(from, Math.Min(T.Count, guesses.Length - from)).CopyTo(lanes);
        return T.Load(ref MemoryMarshal.GetReference(lanes), 0);
    }

    private static bool IsTrue(double mask) => BitConverter.DoubleToInt64Bits(mask) != 0;

    private static T Lanes(double[] values, int index) => T.Load(ref MemoryMarshal.GetArrayDataReference(values), index);
}
