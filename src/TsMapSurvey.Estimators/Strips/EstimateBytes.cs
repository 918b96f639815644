using TsMapSurvey.Estimators.Fitting;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>Predicts the bytes that an estimate allocates in addition to its datasets.</summary>
public static class EstimateBytes
{
    /// <summary>
    /// Doubles of a fit for each pixel and energy bin of a group: b, E and the mask; also n, E/b and entries if bins are not summed.
    /// </summary>
    private const int DoublesPerBin = 8;

    /// <summary>
    /// Doubles of a fit for each pixel of the result: window sums and about a dozen quantities, twice because those of the previous strip
    /// may not be garbage-collected yet.
    /// </summary>
    private const int DoublesPerPixel = 40;

    /// <summary>Doubles of the maps for each pixel and energy bin, with every optional quantity except the profile.</summary>
    private const int QuantitiesOfMaps = 24;

    /// <summary>Bytes of one image row, summed over the datasets.</summary>
    public static double PerRow(int width, int datasets, EnergyGroups groups, TsMapSelection selection)
    {
        var bins = groups.Bins.Max(group => group.Last - group.First + 1);
        return 8.0 * width * (datasets * DoublesPerBin * (bins + 1) + (DoublesPerPixel + Profile(selection)) * groups.Bins.Length);
    }

    /// <summary>Bytes of an image, including kernels.</summary>
    /// <param name="height">Number of rows that are read.</param>
    /// <param name="fitted">Number of rows that are fitted.</param>
    /// <param name="pixelDeg">Pixel size, which determines the number of pixels of the kernel.</param>
    public static double Of(
        double width, double height, double fitted, int datasets, int bins, int trueBins, TsMapOptions options, double pixelDeg)
    {
        var groups = Groups(bins, options);
        var inputs = 8.0 * width * height * datasets * DoublesPerBin * ((options.AllEnergyBins ? 1 : bins) + 1);
        var results = 8.0 * width * fitted * (DoublesPerPixel + Profile(options.Selection)) * groups;
        // For each dataset: the source at each true energy, and the kernel of each group, original and padded.
        var side = 2 * HalfKernelDeg(options) / pixelDeg + 1;
        var kernels = 8.0 * side * side * datasets * (trueBins + 2 * (groups + 1));
        return inputs + results + kernels;
    }

    /// <summary>Bytes of the maps of an image.</summary>
    public static double OfMaps(double width, double height, int bins, TsMapOptions options) =>
        8.0 * width * height * (QuantitiesOfMaps + Profile(options.Selection)) * Groups(bins, options);

    /// <summary>Half the kernel's width is limited by kernel_width and by the radius of PSF and source.</summary>
    private static double HalfKernelDeg(TsMapOptions options) =>
        Math.Min(
            (options.KernelWidthDeg ?? double.PositiveInfinity) / 2, options.MaxPsfRadiusDeg + options.Model.Spatial.EvaluationRadiusDeg);

    /// <summary>Upper limit of the number of the maps' energy bins.</summary>
    private static int Groups(int bins, TsMapOptions options) =>
        options.AllEnergyBins ? bins : options.EnergyEdgesTeV is { } edges ? edges.Count - 1 : 1;

    private static int Profile(TsMapSelection selection) => selection.HasFlag(TsMapSelection.StatScan) ? 4 * ScanGrid.Count : 0;
}
