using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>The energy planes of one dataset with the mask applied: counts n, background b, exposure E and the mask itself (numerics 3.5).</summary>
internal sealed class MaskedPlanes
{
    private readonly SkyGrid _grid;
    private readonly bool[][] _mask;
    private readonly double[][] _counts;
    private readonly double[][] _background;
    private readonly double[][] _exposure;

    private MaskedPlanes(SkyGrid grid, int bins)
    {
        _grid = grid;
        (_mask, _counts, _background, _exposure) = (new bool[bins][], new double[bins][], new double[bins][], new double[bins][]);
    }

    public static MaskedPlanes Create(MapDataset dataset, MapDataset irfs, ISpectralModel spectrum, (int First, int Last) bins)
    {
        var counts = dataset.Need(dataset.Counts, "COUNTS", "a fit");
        var background = dataset.Need(dataset.Background, "BACKGROUND", "a fit");
        var planes = new MaskedPlanes(dataset.Grid, bins.Last - bins.First + 1);
        var exposure = RecoExposure.Create(dataset, irfs.Edisp, spectrum, bins.First, bins.Last);
        for (var k = bins.First; k <= bins.Last; k++)
        {
            var (n, b) = (counts.Plane(k).ToArray(), background.Plane(k).ToArray());
            var mask = new bool[n.Length];
            var e = exposure[k - bins.First];
            for (var i = 0; i < mask.Length; i++)
            {
                mask[i] = (dataset.MaskSafe is not { } safe || safe.Plane(k)[i]) && (dataset.MaskFit is not { } fit || fit.Plane(k)[i]) && double.IsFinite(b[i]);
                n[i] = mask[i] && double.IsFinite(n[i]) ? n[i] : 0;
                b[i] = mask[i] ? Math.Max(b[i], 0) : 0;
                e[i] = mask[i] && e[i] > 0 && double.IsFinite(e[i]) ? e[i] : 0;
            }

            (planes._mask[k - bins.First], planes._counts[k - bins.First], planes._background[k - bins.First], planes._exposure[k - bins.First]) = (mask, n, b, e);
        }

        return planes;
    }

    /// <summary>Marks the pixels where this dataset can be fitted: an unmasked bin, and background in the sum over the bins.</summary>
    public void AddPositions(bool[] positions)
    {
        var background = Sum(_background);
        for (var i = 0; i < positions.Length; i++)
            positions[i] |= background[i] > 0 && _mask.Any(plane => plane[i]);
    }

    /// <summary>Where a bin, counted from the first of these, is unmasked.</summary>
    public bool[] Mask(int bin) => _mask[bin];

    /// <summary>Whether a square around the image's centre, so many degrees to each side, has an unmasked pixel.</summary>
    public bool HasDataAtCentre(double halfWidthDeg)
    {
        var half = halfWidthDeg / _grid.PixelScaleDeg;
        var (centreX, centreY) = ((_grid.Width - 1) / 2.0, (_grid.Height - 1) / 2.0);
        for (var y = 0; y < _grid.Height; y++)
            for (var x = 0; x < _grid.Width; x++)
                if (Math.Abs(x - centreX) <= half && Math.Abs(y - centreY) <= half && Array.Exists(_mask, plane => plane[y * _grid.Width + x])) return true;
        return false;
    }

    /// <summary>One layer of the sums over energy; a destination pixel's kernel is the mean over its unmasked bins.</summary>
    public FitLayer Summed(SourceKernel kernel)
    {
        var pattern = new ushort[_grid.Width * _grid.Height];
        var patterns = new List<bool[]> { Array.Empty<bool>() };
        foreach (var plane in _mask)
        {
            var refined = new Dictionary<(ushort, bool), ushort>();
            var next = new List<bool[]>();
            for (var i = 0; i < pattern.Length; i++)
            {
                if (!refined.TryGetValue((pattern[i], plane[i]), out var id))
                {
                    refined[(pattern[i], plane[i])] = id = checked((ushort)next.Count);
                    next.Add([.. patterns[pattern[i]], plane[i]]);
                }

                pattern[i] = id;
            }

            patterns = next;
        }

        double[][] kernels = [.. patterns.Select(bits => MeanPlane(kernel, bits))];
        return FitLayer.Create(_grid.Width, _grid.Height, Sum(_counts), Sum(_background), Sum(_exposure), pattern, kernels, kernel.Size);
    }

    /// <summary>One layer per energy bin.</summary>
    public IEnumerable<FitLayer> BinByBin(SourceKernel kernel)
    {
        for (var k = 0; k < _mask.Length; k++)
            yield return FitLayer.Create(_grid.Width, _grid.Height, _counts[k], _background[k], _exposure[k], new ushort[_grid.Width * _grid.Height], [kernel.Planes[k]], kernel.Size);
    }

    private static double[] MeanPlane(SourceKernel kernel, bool[] unmasked)
    {
        var mean = new double[kernel.Size * kernel.Size];
        var bins = unmasked.Count(bit => bit);
        for (var k = 0; k < unmasked.Length; k++)
            if (unmasked[k])
                for (var i = 0; i < mean.Length; i++) mean[i] += kernel.Planes[k][i] / bins;
        return mean;
    }

    private static double[] Sum(double[][] planes)
    {
        var sum = new double[planes[0].Length];
        foreach (var plane in planes)
            for (var i = 0; i < sum.Length; i++) sum[i] += plane[i];
        return sum;
    }
}
