using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>Warnings about a dataset and its kernels; each begins with the dataset's file.</summary>
internal static class KernelWarnings
{
    /// <param name="irfs">The dataset whose IRFs were used for the kernels; usually the same dataset.</param>
    public static IEnumerable<string> Of(MapDataset dataset, MapDataset irfs, IEnumerable<SourceKernel> kernels)
    {
        foreach (var warning in dataset.Warnings.Union(irfs.Warnings)) yield return warning;
        if (irfs.Psf is null) yield return $"{irfs.Place} has no PSF: fitted as if the instrument had perfect angular resolution";
        if (irfs.Edisp is null) yield return $"{irfs.Place} has no EDISP: fitted as if the reconstructed energy were the true energy";
        foreach (var warning in kernels.Select(kernel => kernel.Warning).OfType<string>().Distinct())
            yield return $"{irfs.Place}: {warning}";
    }
}
