using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Estimators;

namespace TsMapSurvey.Grains;

/// <summary>What a job takes in memory, by the headers of its datasets: before anything of their data is read.</summary>
internal sealed class JobBytes(TsMapOptions options)
{
    private double _datasets;
    private double _largest;
    private int _count;

    /// <summary>Datasets, and a row block's estimate or the assembled maps, whichever is more.</summary>
    public double Total => _datasets + _largest * _count;

    public void Add(FitsFile dataset)
    {
        _count++;
        _datasets += DatasetBytes.OfFile(dataset);
        if (dataset.Find("COUNTS") is not FitsImage { Axes: [var width, var height, ..] } counts) return;
        var bins = counts.Axes.Length > 2 ? (int)counts.Axes[2] : 1;
        var trueBins = dataset.Find("EXPOSURE") is FitsImage { Axes: [_, _, var planes, ..] } ? (int)planes : bins;
        var estimate = EstimateBytes.Of(width, height, Math.Min(height, BlockRound.MostRows), 1, bins, trueBins, options, PixelDeg(counts));
        _largest = Math.Max(_largest, Math.Max(estimate, EstimateBytes.OfMaps(width, height, bins, options)));
    }

    /// <summary>Of an image without a scale the kernel is taken for as wide as the image.</summary>
    private static double PixelDeg(FitsImage counts)
    {
        var header = counts.Header;
        var found = Math.Abs(header.GetDouble("CDELT1") ?? 0);
        if (header.GetDouble("CD1_1") is { } first) found = Math.Sqrt(first * first + Math.Pow(header.GetDouble("CD2_1") ?? 0, 2));
        return found > 0 ? found : 1;
    }
}
