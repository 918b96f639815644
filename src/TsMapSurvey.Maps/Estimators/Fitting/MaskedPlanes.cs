using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Models;

namespace TsMapSurvey.Maps.Estimators.Fitting;

/// <summary>The energy planes of one dataset with the mask applied: counts n, background b, exposure E and the mask itself (numerics 3.5).</summary>
internal sealed class MaskedPlanes
{
    private readonly MapDataset _dataset;
    private readonly Map<double> _counts;
    private readonly Map<double> _background;
    private readonly Map<double> _exposure;
    private readonly double[][] _factors;
    private readonly int _firstBin;
    private readonly bool[][] _mask;

    /// <param name="irfs">Whose energy dispersion makes the exposure in reco energy.</param>
    /// <param name="bins">First and last reco bin, both included.</param>
    public MaskedPlanes(MapDataset dataset, MapDataset irfs, ISpectralModel spectrum, (int First, int Last) bins)
    {
        (_dataset, _firstBin) = (dataset, bins.First);
        _counts = dataset.Need(dataset.Counts, "COUNTS", "a fit");
        _background = dataset.Need(dataset.Background, "BACKGROUND", "a fit");
        _exposure = dataset.Need(dataset.Exposure, "EXPOSURE", "a fit");
        if (_exposure.Geometry.PlaneLength != dataset.Geometry.PlaneLength)
            throw MapErrors.Unsupported(dataset.Name, $"an exposure of {_exposure.Geometry.Width} x {_exposure.Geometry.Height} pixels", "the counts' image size");
        _factors = RecoExposure.Factors(dataset, irfs.Edisp, spectrum, bins.First, bins.Last);
        _mask = [.. Enumerable.Range(bins.First, bins.Last - bins.First + 1).Select(Unmasked)];
    }

    private int Length => _counts.Geometry.PlaneLength;

    private int Width => _counts.Geometry.Width;

    private int Height => _counts.Geometry.Height;

    /// <summary>Where a bin, counted from the first of these, is unmasked.</summary>
    public bool[] Mask(int bin) => _mask[bin];

    /// <summary>n of a bin; zero where masked.</summary>
    public double[] Counts(int bin)
    {
        var counts = new double[Length];
        MaskedRow.AddPositive(_counts.Plane(_firstBin + bin), _mask[bin], counts);
        return counts;
    }

    /// <summary>b of a bin; zero where masked.</summary>
    public double[] Background(int bin)
    {
        var background = new double[Length];
        MaskedRow.AddPositive(_background.Plane(_firstBin + bin), _mask[bin], background);
        return background;
    }

    /// <summary>E of a bin; zero where masked.</summary>
    public double[] Exposure(int bin)
    {
        var exposure = new double[Length];
        for (var j = 0; j < _factors[bin].Length; j++)
            if (_factors[bin][j] != 0) RowArithmetic.AddScaled(exposure, _exposure.Plane(j), _factors[bin][j]);
        for (var i = 0; i < exposure.Length; i++)
            if (!(_mask[bin][i] && exposure[i] > 0 && double.IsFinite(exposure[i]))) exposure[i] = 0;
        return exposure;
    }

    /// <summary>Whether a square around the image's centre, so many degrees to each side, has an unmasked pixel.</summary>
    public bool HasDataAtCentre(double halfWidthDeg)
    {
        var half = halfWidthDeg / _dataset.Grid.PixelScaleDeg;
        var (centreX, centreY) = ((Width - 1) / 2.0, (Height - 1) / 2.0);
        for (var y = (int)Math.Max(0, Math.Ceiling(centreY - half)); y < Height && y <= centreY + half; y++)
            for (var x = (int)Math.Max(0, Math.Ceiling(centreX - half)); x < Width && x <= centreX + half; x++)
                if (Array.Exists(_mask, plane => plane[y * Width + x])) return true;
        return false;
    }

    /// <summary>One layer of the sums over energy; a destination pixel's kernel is the mean over its unmasked bins.</summary>
    /// <param name="positions">Pixels that can be fitted, an unmasked bin and background in the sum over the bins, are marked here.</param>
    public FitLayer Summed(IReadOnlyList<double[]> kernels, int kernelSize, bool[] positions)
    {
        var (pattern, patterns) = Patterns();
        var (counts, background, exposure) = (new double[Length], new double[Length], new double[Length]);
        for (var bin = 0; bin < _mask.Length; bin++)
        {
            MaskedRow.AddPositive(_counts.Plane(_firstBin + bin), _mask[bin], counts);
            MaskedRow.AddPositive(_background.Plane(_firstBin + bin), _mask[bin], background);
        }

        for (var j = 0; j < _exposure.Geometry.PlaneCount; j++)
        {
            double[] weight = [.. patterns.Select(unmasked => Enumerable.Range(0, unmasked.Length).Sum(bin => unmasked[bin] ? _factors[bin][j] : 0))];
            if (!Array.Exists(weight, value => value != 0)) continue;
            var plane = _exposure.Plane(j);
            if (weight.Length == 1) RowArithmetic.AddScaled(exposure, plane, weight[0]);
            else
                for (var i = 0; i < exposure.Length; i++) exposure[i] += weight[pattern[i]] * plane[i];
        }

        for (var i = 0; i < exposure.Length; i++)
        {
            if (!(exposure[i] > 0 && double.IsFinite(exposure[i]))) exposure[i] = 0;
            positions[i] |= background[i] > 0;
        }

        return FitLayer.Create(Width, Height, counts, background, exposure, pattern, new PaddedKernels([.. patterns.Select(unmasked => Mean(kernels, unmasked))], kernelSize));
    }

    /// <summary>One layer per energy bin.</summary>
    /// <param name="positions">Pixels that can be fitted are marked here.</param>
    public IEnumerable<FitLayer> BinByBin(IReadOnlyList<double[]> kernels, int kernelSize, bool[] positions)
    {
        for (var bin = 0; bin < _mask.Length; bin++)
        {
            var background = Background(bin);
            for (var i = 0; i < background.Length; i++) positions[i] |= background[i] > 0;
            yield return FitLayer.Create(Width, Height, Counts(bin), background, Exposure(bin), new ushort[Length], new PaddedKernels([kernels[bin]], kernelSize));
        }
    }

    private bool[] Unmasked(int bin)
    {
        var unmasked = new bool[Length];
        var background = _background.Plane(bin);
        for (var i = 0; i < unmasked.Length; i++) unmasked[i] = double.IsFinite(background[i]);
        if (_dataset.MaskSafe is { } safe) MaskedRow.And(unmasked, safe.Plane(bin));
        if (_dataset.MaskFit is { } fit) MaskedRow.And(unmasked, fit.Plane(bin));
        return unmasked;
    }

    /// <summary>Which bins are unmasked in each pixel, numbered in the order they are met.</summary>
    private (ushort[] OfPixel, List<bool[]> Patterns) Patterns()
    {
        var pattern = new ushort[Length];
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
