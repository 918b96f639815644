using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>Estimates the memory of MapDataset files and of the computation on them from the headers, before any data are read.</summary>
/// <param name="fittedRows">Number of image rows that are fitted at once.</param>
public sealed class DatasetFileBytes(TsMapOptions options, int fittedRows)
{
    private double _datasets;
    private double _largest;
    private int _count;

    /// <summary>Bytes of the datasets, plus the larger of the estimate of some rows and the maps of all rows.</summary>
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

    /// <summary>The pixel size; one degree if the header does not have it.</summary>
    private static double PixelDeg(FitsImage counts)
    {
        var header = counts.Header;
        var found = Math.Abs(header.GetDouble("CDELT1") ?? 0);
        if (header.GetDouble("CD1_1") is { } first) found = Math.Sqrt(first * first + Math.Pow(header.GetDouble("CD2_1") ?? 0, 2));
        return found > 0 ? found : 1;
    }
}
