using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// The energy planes of a rectangle of one dataset with the mask applied: counts n, background b, exposure E and the mask itself. Pixels
/// outside the projected sky, as in the corners of an all-sky image, are masked.
/// </summary>
internal sealed class MaskedPlanes
{
    private readonly MapDataset _dataset;
    private readonly Map<double> _counts;
    private readonly Map<double> _background;
    private readonly Map<double> _exposure;
    private readonly double[][] _factors;
    private readonly int _firstBin;
    private readonly PixelRegion _read;
    private readonly PixelRuns _runs;
    private readonly FitArrays _arrays;
    private readonly ParallelOptions _parallel;
    private readonly bool[][] _mask;
    private readonly bool _isSkyEverywhere;

    /// <param name="irfs">Its energy dispersion converts the exposure to reco energy.</param>
    /// <param name="responsesAt">Where it is taken; null for the centre of its map.</param>
    /// <param name="bins">First and last reco bin, both included.</param>
    /// <param name="read">The rectangle, inside the dataset's image.</param>
    public MaskedPlanes(MapDataset dataset, MapDataset irfs, SkyPosition? responsesAt, ISpectralModel spectrum,
        (int First, int Last) bins, PixelRegion read, FitArrays arrays, ParallelOptions parallel)
    {
        (_dataset, _firstBin, _read, _arrays, _parallel) = (dataset, bins.First, read, arrays, parallel);
        _counts = dataset.Require(dataset.Counts, "COUNTS", "a fit");
        _background = dataset.Require(dataset.Background, "BACKGROUND", "a fit");
        _exposure = dataset.Require(dataset.Exposure, "EXPOSURE", "a fit");
        if (_exposure.Geometry.PlaneLength != dataset.Geometry.PlaneLength)
            throw EstimatorErrors.WrongExposureSize(dataset.Place, _exposure.Geometry);
        _isSkyEverywhere = dataset.Grid.IsSkyEverywhere;
        _runs = new PixelRuns(read, dataset.Grid.Width);
        _factors = RecoExposure.Factors(dataset, irfs.Edisp, spectrum, bins.First, bins.Last, responsesAt);
        _mask = [.. Enumerable.Range(bins.First, bins.Last - bins.First + 1).Select(_ => arrays.Take<bool>(Length))];
        Parallel.For(0, _runs.Count, parallel, FindUnmasked);
    }

    private int Length => (int)_read.Area;

    /// <summary>The unmasked pixels of a bin, which is counted from the first of these bins.</summary>
    public bool[] Mask(int bin) => _mask[bin];

    /// <summary>n of a bin; zero where masked or not positive.</summary>
    public double[] Counts(int bin) => Positive(_counts, bin);

    /// <summary>b of a bin; zero where masked or not positive.</summary>
    public double[] Background(int bin) => Positive(_background, bin);

    /// <summary>E of a bin; zero where masked.</summary>
    public double[] Exposure(int bin)
    {
        var exposure = _arrays.Zeros<double>(Length);
        Parallel.For(0, _runs.Count, _parallel, run =>
        {
            var values = exposure.AsSpan(_runs[run]);
            for (var j = 0; j < _factors[bin].Length; j++)
                if (_factors[bin][j] != 0) RowArithmetic.AddScaled(values, _exposure.Plane(j)[_runs.InImage(run)], _factors[bin][j]);
            var mask = _mask[bin].AsSpan(_runs[run]);
            for (var i = 0; i < values.Length; i++)
                if (!mask[i] || !IsExposed(values[i])) values[i] = 0;
        });
        return exposure;
    }

    /// <summary>One layer with the sums over energy; the kernel of a destination pixel is the mean over its unmasked bins.</summary>
    /// <param name="positions">Set for pixels that can be fitted: the background, summed over the unmasked bins, is above zero.</param>
    public FitLayer Summed(IReadOnlyList<double[]> kernels, int kernelSize, bool[] positions)
    {
        var (pattern, patterns) = Patterns();
        var (counts, background, exposure) = (_arrays.Zeros<double>(Length), _arrays.Zeros<double>(Length), _arrays.Zeros<double>(Length));
        double[][] weights = [.. Enumerable.Range(0, _exposure.Geometry.PlaneCount).Select(
            j => patterns.Select(unmasked => Enumerable.Range(0, unmasked.Length).Sum(bin => unmasked[bin] ? _factors[bin][j] : 0))
                .ToArray())];
        Parallel.For(0, _runs.Count, _parallel, run =>
        {
            var (here, there) = (_runs[run], _runs.InImage(run));
            var b = background.AsSpan(here);
            for (var bin = 0; bin < _mask.Length; bin++)
            {
                var mask = _mask[bin].AsSpan(here);
                MaskedRow.AddPositive(_counts.Plane(_firstBin + bin)[there], mask, counts.AsSpan(here));
                MaskedRow.AddPositive(_background.Plane(_firstBin + bin)[there], mask, b);
            }

            AddWeighted(weights, pattern.AsSpan(here), there, exposure.AsSpan(here));
            var position = positions.AsSpan(here);
            for (var i = 0; i < b.Length; i++) position[i] |= b[i] > 0;
        });
        return FitLayer.Create(_read.Width, _read.Height, counts, background, exposure, pattern,
            new PaddedKernels([.. patterns.Select(unmasked => Mean(kernels, unmasked))], kernelSize), _arrays, _parallel);
    }

    /// <param name="positions">Set for pixels that can be fitted: the background of an unmasked bin is above zero.</param>
    public IEnumerable<FitLayer> BinByBin(IReadOnlyList<double[]> kernels, int kernelSize, bool[] positions)
    {
        for (var bin = 0; bin < _mask.Length; bin++)
        {
            var background = Background(bin);
            for (var i = 0; i < background.Length; i++) positions[i] |= background[i] > 0;
            yield return FitLayer.Create(
                _read.Width, _read.Height, Counts(bin), background, Exposure(bin), _arrays.Zeros<ushort>(Length),
                new PaddedKernels([kernels[bin]], kernelSize), _arrays, _parallel);
        }
    }

    private static bool IsExposed(double exposure) => exposure > 0 && double.IsFinite(exposure);

    private double[] Positive(Map<double> map, int bin)
    {
        var sum = _arrays.Zeros<double>(Length);
        Parallel.For(0, _runs.Count, _parallel, run =>
            MaskedRow.AddPositive(map.Plane(_firstBin + bin)[_runs.InImage(run)], _mask[bin].AsSpan(_runs[run]), sum.AsSpan(_runs[run])));
        return sum;
    }

    /// <summary>Adds the exposures of all true energies with the weights of each pixel's pattern.</summary>
    private void AddWeighted(double[][] weights, ReadOnlySpan<ushort> pattern, Range there, Span<double> exposure)
    {
        for (var j = 0; j < weights.Length; j++)
        {
            var weight = weights[j];
            if (!Array.Exists(weight, value => value != 0)) continue;
            ReadOnlySpan<double> plane = _exposure.Plane(j)[there];
            if (weight.Length == 1) RowArithmetic.AddScaled(exposure, plane, weight[0]);
            else
                for (var i = 0; i < exposure.Length; i++) exposure[i] += weight[pattern[i]] * plane[i];
        }

        foreach (ref var value in exposure)
            if (!IsExposed(value)) value = 0;
    }

    private void FindUnmasked(int run)
    {
        var there = _runs.InImage(run);
        for (var bin = 0; bin < _mask.Length; bin++)
        {
            var unmasked = _mask[bin].AsSpan(_runs[run]);
            var background = _background.Plane(_firstBin + bin)[there];
            for (var i = 0; i < unmasked.Length; i++) unmasked[i] = double.IsFinite(background[i]);
            if (!_isSkyEverywhere) MaskSkyless(unmasked, there.Start.Value);
            if (_dataset.MaskSafe is { } safe) MaskedRow.And(unmasked, safe.Plane(_firstBin + bin)[there]);
            if (_dataset.MaskFit is { } fit) MaskedRow.And(unmasked, fit.Plane(_firstBin + bin)[there]);
        }
    }

    private void MaskSkyless(Span<bool> unmasked, int firstPixel)
    {
        for (var i = 0; i < unmasked.Length; i++)
            unmasked[i] = unmasked[i]
                && _dataset.Grid.HasSky((firstPixel + i) % _dataset.Grid.Width, (firstPixel + i) / _dataset.Grid.Width);
    }

    /// <summary>The combinations of unmasked bins that occur, numbered in order of appearance, and each pixel's number.</summary>
    private (ushort[] OfPixel, List<bool[]> Patterns) Patterns()
    {
        var pattern = _arrays.Zeros<ushort>(Length);
        List<bool[]> patterns = [[]];
        foreach (var plane in _mask)
        {
            if (Array.IndexOf(plane, !plane[0]) < 0)
            {
                patterns = [.. patterns.Select(bits => (bool[])[.. bits, plane[0]])];
                continue;
            }

            var refined = new int[2 * patterns.Count];
            Array.Fill(refined, -1);
            var next = new List<bool[]>();
            for (var i = 0; i < pattern.Length; i++)
            {
                ref var id = ref refined[2 * pattern[i] + (plane[i] ? 1 : 0)];
                if (id < 0)
                {
                    id = next.Count;
                    next.Add([.. patterns[pattern[i]], plane[i]]);
                }

                pattern[i] = checked((ushort)id);
            }

            patterns = next;
        }

        return (pattern, patterns);
    }

    private static double[] Mean(IReadOnlyList<double[]> kernels, bool[] unmasked)
    {
        var mean = new double[kernels[0].Length];
        var bins = unmasked.Count(bit => bit);
        for (var k = 0; k < unmasked.Length; k++)
            if (unmasked[k]) RowArithmetic.AddScaled(mean, kernels[k], 1.0 / bins);
        return mean;
    }
}
