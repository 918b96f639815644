using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>What a user should know of a dataset and its kernels. Every warning begins with the dataset's file.</summary>
internal static class KernelWarnings
{
    /// <param name="irfs">The dataset whose IRFs made the kernels; mostly the same one.</param>
    public static IEnumerable<string> Of(MapDataset dataset, MapDataset irfs, IEnumerable<SourceKernel> kernels)
    {
        foreach (var warning in dataset.Warnings.Union(irfs.Warnings)) yield return warning;
        if (irfs.Psf is null) yield return $"{irfs.Place} has no PSF: fitted as if the instrument did not spread a source";
        if (irfs.Edisp is null) yield return $"{irfs.Place} has no EDISP: fitted as if the reconstructed energy were the true one";
        foreach (var warning in kernels.Select(kernel => kernel.Warning).OfType<string>().Distinct())
            yield return $"{irfs.Place}: {warning}";
    }
}
