using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Points;

/// <summary>
/// Fits single pixels of a stack, one at a time, so that a pixel has the same result whichever other pixels are asked for. Not
/// thread-safe.
/// </summary>
public sealed class PointLikelihoods : IDisposable
{
    private readonly PointStack _stack;
    private readonly PixelRegion _pixels;
    private readonly FitArrays _arrays = new();
    private readonly Dictionary<(int Zone, int Bin), OfBin> _bins = [];

    internal PointLikelihoods(PointStack stack, PixelRegion pixels) => (_stack, _pixels) = (stack, pixels);

    /// <summary>Fits a pixel, or evaluates the likelihood at a norm that is already known.</summary>
    /// <param name="bin">An energy bin of the stack's axis.</param>
    /// <param name="x">Column in the stack's grid.</param>
    /// <param name="norm">The norm of the map's pixel at the same revision; null to fit it here. NaN: the map's fit failed.</param>
    /// <param name="nSigmaUl">Standard deviations of the upper limit.</param>
    public PointFit Fit(int bin, int x, int y, double? norm, double nSigmaUl)
    {
        var inputs = InputsAt(bin, ref x, ref y);
        var sums = WindowOf(inputs, x, y);
        if (!inputs.Inputs.Positions[y * inputs.Inputs.Read.Width + x]) return Unfitted(sums, nSigmaUl, FitStatus.None);
        if (!(sums.Signal > 0)) return Unfitted(sums, nSigmaUl, FitStatus.NoExposure);
        inputs.Entries.OpenRow(y);
        var block = inputs.Entries.Counted(x, new Lanes64(sums.Signal), new Lanes64(sums.Counts));
        var largest = inputs.Entries.LargestRatio(x);
        var fitted = Root(block, Value(BlockEntries<Lanes64>.BoundOf(largest)), norm);
        if (!fitted.Status.HasFlag(FitStatus.Converged))
            return Unfitted(sums, nSigmaUl, fitted.Status) with { Iterations = fitted.Iterations };
        var best = new Lanes64(fitted.Norm);
        // The curvature and the statistic must be read before the entries are shifted into another buffer.
        var isBelow = fitted.Norm < Value(BlockEntries<Lanes64>.BoundOf(largest));
        var ts = isBelow ? Profile.Ts(block, best, DenseSums.Cut(inputs.Entries.Dense(x), best).Excess) : Profile.Ts(block, best);
        var error = Profile.SymmetricError(CountedSums.Reciprocals(block, best).Second, _stack.Options.NSigma);
        var shifted = CountedSums.Shift(block, best, inputs.Entries.Shifted);
        var hasCounts = HasCounts(block);
        var lower = hasCounts
            ? Value(Profile.Lower(shifted, CutOf(inputs, block, largest, x), best, _stack.Options.NSigma)) : double.NaN;
        var upper = hasCounts ? Value(Profile.Upper(shifted, _stack.Options.NSigma)) : double.NaN;
        var status = fitted.Status | FitStatus.UpperLimitOk | (double.IsNaN(lower) ? 0 : FitStatus.ErrorsOk);
        return new PointFit(
            fitted.Norm, Value(error), lower, upper, fitted.Norm + Value(Profile.Upper(shifted, nSigmaUl)), nSigmaUl, Value(ts),
            2 * sums.HalfStatNull, fitted.Iterations, sums.Signal, sums.Counts, sums.Background, sums.Kernel, status);
    }

    /// <summary>The likelihood profile around a norm, which must be the best fit.</summary>
    public PointProfile Scan(int bin, int x, int y, double norm)
    {
        var inputs = InputsAt(bin, ref x, ref y);
        var sums = WindowOf(inputs, x, y);
        if (double.IsNaN(norm) || !(sums.Signal > 0)) return PointProfile.Empty;
        inputs.Entries.OpenRow(y);
        var block = inputs.Entries.Counted(x, new Lanes64(sums.Signal), new Lanes64(sums.Counts));
        var best = new Lanes64(norm);
        var shifted = CountedSums.Shift(block, best, inputs.Entries.Shifted);
        var (sigmas, norms) = (new List<double>(), new List<double>());
        var cut = HasCounts(block) ? CutOf(inputs, block, inputs.Entries.LargestRatio(x), x) : default;
        const int steps = (int)(PointProfile.MaxSigma * PointProfile.StepsPerSigma);
        for (var step = HasCounts(block) ? -steps : 0; step <= steps; step++)
        {
            var sigma = (double)step / PointProfile.StepsPerSigma;
            var at = step switch
            {
                0 => norm,
                < 0 => norm - Value(Profile.Lower(shifted, cut, best, -sigma)),
                _ => norm + Value(Profile.Upper(shifted, sigma)),
            };
            if (!double.IsFinite(at)) continue;
            sigmas.Add(sigma);
            norms.Add(at);
        }

        return new PointProfile(sigmas, norms);
    }

    public void Dispose() => _arrays.Dispose();

    /// <summary>Norm, iterations and flags: of a fit, or of a known norm.</summary>
    private (double Norm, double Iterations, FitStatus Status) Root(in CashBlock<Lanes64> block, double bound, double? known)
    {
        var noCounts = HasCounts(block) ? FitStatus.None : FitStatus.NoCounts;
        if (known is { } norm)
            return (norm, 0, noCounts | (double.IsNaN(norm) ? 0 : FitStatus.Converged) | (norm <= bound ? FitStatus.BoundHit : 0));
        var fits = NormRoot.Find(block, new Lanes64(double.NaN), _stack.Options.Rtol, _stack.Options.MaxNiter);
        var isBound = Value(fits.Norm) <= bound;
        var status = noCounts | (IsTrue(fits.Converged) ? FitStatus.Converged : 0) | (isBound ? FitStatus.BoundHit : 0)
            | (IsTrue(fits.SingleEntry) ? FitStatus.SingleEntry : 0);
        return (isBound ? bound : Value(fits.Norm), Value(fits.Iterations), status);
    }

    /// <summary>Only entries with a larger ratio than all counted entries reach μ = 0 before the statistic has risen enough.</summary>
    private static DenseBlock<Lanes64> CutOf(OfBin inputs, in CashBlock<Lanes64> block, Lanes64 largest, int x)
    {
        var counted = block.Largest!.Value.Ratio;
        return Value(counted) < Value(largest) ? inputs.Entries.Dense(x, counted) : default;
    }

    /// <summary>Whether an entry with counts is where the kernel is positive.</summary>
    private static bool HasCounts(in CashBlock<Lanes64> block) => Value(block.Largest!.Value.Ratio) > 0;

    private static PointFit Unfitted(in Window sums, double nSigmaUl, FitStatus status)
    {
        const double nan = double.NaN;
        return new PointFit(
            nan, nan, nan, nan, nan, nSigmaUl, nan, nan, nan, sums.Signal, sums.Counts, sums.Background, sums.Kernel, status);
    }

    /// <summary>What the fits of a pixel's zone read, and the pixel's coordinates in it.</summary>
    private OfBin InputsAt(int bin, ref int x, ref int y)
    {
        var zone = _stack.Zones.At(x, y);
        if (!_bins.TryGetValue((zone, bin), out var found)) _bins[(zone, bin)] = found = Create(zone, bin);
        (x, y) = (x - found.Inputs.Read.X, y - found.Inputs.Read.Y);
        return found;
    }

    private OfBin Create(int zone, int bin)
    {
        var (kernels, options, read) = (_stack.KernelsOf(zone), _stack.OptionsOf(zone), _stack.Reach(zone, _pixels));
        var inputs = FitInputs.Create(
            [_stack.Dataset], [kernels.Irfs ?? _stack.Dataset], kernels.Of(bin), options, _stack.Groups.Bins[bin],
            read, _arrays, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        return new OfBin(
            inputs, new BlockEntries<Lanes64>(inputs.Layers, _arrays), BandExposure.Of(_stack.Dataset, options, bin, read));
    }

    /// <summary>All sums over the kernel's square around a pixel of the read region.</summary>
    private static Window WindowOf(OfBin inputs, int x, int y)
    {
        var (counts, background, half, signal) = (0.0, 0.0, 0.0, 0.0);
        var (weightedCounts, weightedBackground, exposure, kernels) = (0.0, 0.0, 0.0, 0);
        foreach (var layer in inputs.Inputs.Layers)
        {
            var (sum, square, ofCounts, ofBackground, ofExposure) = (0.0, 0.0, 0.0, 0.0, 0.0);
            var (reach, size) = (layer.Half, layer.Kernels.Size);
            for (var row = Math.Max(0, y - reach); row <= Math.Min(layer.Height - 1, y + reach); row++)
                for (var column = Math.Max(0, x - reach); column <= Math.Min(layer.Width - 1, x + reach); column++)
                {
                    var i = row * layer.Width + column;
                    var (n, b) = (layer.Counts[i], layer.Background[i]);
                    counts += n;
                    background += b;
                    if (n != 0 || b != 0)
                        half += Math.Max(b, Cash.Truncation) - (n > 0 ? n * Math.Log(Math.Max(b, Cash.Truncation)) : 0);
                    var k = layer.Kernels.Values[layer.Pattern[i]][(row - y + reach) * size + column - x + reach];
                    if (k == 0) continue;
                    signal += k * layer.Exposure[i];
                    sum += k;
                    square += k * k;
                    ofCounts += k * n;
                    ofBackground += k * b;
                    ofExposure += k * inputs.BandExposure[i];
                }

            if (square == 0) continue;
            weightedCounts += ofCounts / square;
            weightedBackground += ofBackground / square;
            exposure += ofExposure / sum;
            kernels++;
        }

        var kernel = kernels == 0 ? KernelSums.None : new KernelSums(weightedCounts, weightedBackground, exposure / kernels);
        return new Window(counts, background, half, signal, kernel);
    }

    private static double Value(Lanes64 lane)
    {
        var value = 0.0;
        Lanes64.Store(lane, ref value, 0);
        return value;
    }

    private static bool IsTrue(Lanes64 mask) => BitConverter.DoubleToInt64Bits(Value(mask)) != 0;

    private sealed record OfBin(FitInputs Inputs, BlockEntries<Lanes64> Entries, double[] BandExposure);

    private readonly record struct Window(double Counts, double Background, double HalfStatNull, double Signal, KernelSums Kernel);
}
