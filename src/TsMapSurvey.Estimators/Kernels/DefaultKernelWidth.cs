using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>
/// The default of kernel_width (gammapy's rule): as wide as PSF and source need, but at most as wide as the image; as wide as the image
/// if no pixel around its centre is unmasked.
/// </summary>
internal static class DefaultKernelWidth
{
    public static double OfImageDeg(SkyGrid image) => Math.Max(image.Width, image.Height) * image.PixelScaleDeg;

    /// <param name="irfs">Its exposure and PSF are used.</param>
    /// <param name="image">The grid of the fitted dataset.</param>
    /// <param name="hasDataWithin">As in <see cref="KernelOptions"/>, for the whole energy axis.</param>
    public static double Deg(TsMapOptions options, MapDataset irfs, SkyGrid image, Func<double, bool>? hasDataWithin) =>
        image.PixelScaleDeg * SourceKernel.SizeOf(
            irfs, image, options.ResponsesAt ?? irfs.Grid.Centre, options.Model.Spatial,
            new KernelOptions(OfImageDeg(image), options.MaxPsfRadiusDeg, hasDataWithin));
}
