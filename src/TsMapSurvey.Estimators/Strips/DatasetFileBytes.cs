using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>
/// Bytes that MapDataset files take in memory together with what is computed of them, by their headers: before anything of their data is
/// read.
/// </summary>
/// <param name="fittedRows">Rows of the image that are fitted at a time.</param>
public sealed class DatasetFileBytes(TsMapOptions options, int fittedRows)
{
    private double _datasets;
    private double _largest;
    private int _count;

    /// <summary>The datasets, and the estimate of some rows or the maps of all of them, whichever is more.</summary>
    public double Total => _datasets + _largest * _count;

    public void Add(FitsFile dataset)
    {
        _count++;
        _datasets += DatasetBytes.OfFile(dataset);
        if (dataset.Find("COUNTS") is not FitsImage { Axes: [var width, var height, ..] } counts) return;
        var bins = counts.Axes.Length > 2 ? counts.Axes[2] : 1;
        var trueBins = dataset.Find("EXPOSURE") is FitsImage { Axes: [_, _, var planes, ..] } ? planes : bins;
        var estimate = EstimateBytes.Of(width, height, Math.Min(height, fittedRows), 1, bins, trueBins, options, PixelDeg(counts));
        _largest = Math.Max(_largest, Math.Max(estimate, EstimateBytes.OfMaps(width, height, bins, options)));
    }

    /// <summary>One degree where the image does not say.</summary>
    private static double PixelDeg(FitsImage counts)
    {
        var header = counts.Header;
        var found = Math.Abs(header.GetDouble("CDELT1") ?? 0);
        if (header.GetDouble("CD1_1") is { } first) found = Math.Sqrt(first * first + Math.Pow(header.GetDouble("CD2_1") ?? 0, 2));
        return found > 0 ? found : 1;
    }
}
