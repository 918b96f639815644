using TsMapSurvey.Estimators.Fitting;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>Bytes that an estimate allocates beside its datasets, before it does.</summary>
public static class EstimateBytes
{
    /// <summary>
    /// Doubles that a fit makes for each pixel and energy bin of a group: b, E and the mask, and where each bin is fitted, n, E/b and
    /// entries.
    /// </summary>
    private const int DoublesPerBin = 8;

    /// <summary>
    /// Doubles that a fit makes for each pixel of the result: window sums, and a dozen or so quantities, twice until those of the strip
    /// before are collected.
    /// </summary>
    private const int DoublesPerPixel = 40;

    /// <summary>Doubles of each pixel and energy bin of the maps themselves, with every optional quantity but the profile.</summary>
    private const int QuantitiesOfMaps = 24;

    /// <summary>Of one image row, in sum over so many datasets.</summary>
    public static double PerRow(int width, int datasets, EnergyGroups groups, TsMapSelection selection)
    {
        var bins = groups.Bins.Max(group => group.Last - group.First + 1);
        return 8.0 * width * (datasets * DoublesPerBin * (bins + 1) + (DoublesPerPixel + Profile(selection)) * groups.Bins.Length);
    }

    /// <summary>Of an image, kernels included.</summary>
    /// <param name="height">Rows that the fits see; <paramref name="fitted"/>: those that they give.</param>
    /// <param name="pixelDeg">With it, how many pixels the widest kernel has.</param>
    public static double Of(
        double width, double height, double fitted, int datasets, int bins, int trueBins, TsMapOptions options, double pixelDeg)
    {
        var groups = Groups(bins, options);
        var inputs = 8.0 * width * height * datasets * DoublesPerBin * ((options.AllEnergyBins ? 1 : bins) + 1);
        var results = 8.0 * width * fitted * (DoublesPerPixel + Profile(options.Selection)) * groups;
        // Of each dataset: the source at each true energy, and the kernel of each group, plain and padded.
        var side = 2 * HalfKernelDeg(options) / pixelDeg + 1;
        var kernels = 8.0 * side * side * datasets * (trueBins + 2 * (groups + 1));
        return inputs + results + kernels;
    }

    /// <summary>Of the maps of an image when all are there.</summary>
    public static double OfMaps(double width, double height, int bins, TsMapOptions options) =>
        8.0 * width * height * (QuantitiesOfMaps + Profile(options.Selection)) * Groups(bins, options);

    /// <summary>A kernel is cut at its width, and where PSF and source end.</summary>
    private static double HalfKernelDeg(TsMapOptions options) =>
        Math.Min(
            (options.KernelWidthDeg ?? double.PositiveInfinity) / 2, options.MaxPsfRadiusDeg + options.Model.Spatial.EvaluationRadiusDeg);

    /// <summary>At most so many energy bins of the maps.</summary>
    private static int Groups(int bins, TsMapOptions options) =>
        options.AllEnergyBins ? bins : options.EnergyEdgesTeV is { } edges ? edges.Count - 1 : 1;

    private static int Profile(TsMapSelection selection) => selection.HasFlag(TsMapSelection.StatScan) ? 4 * ScanGrid.Count : 0;
}
