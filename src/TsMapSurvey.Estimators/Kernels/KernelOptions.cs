namespace TsMapSurvey.Estimators.Kernels;

/// <summary>Options of the computation of a source kernel.</summary>
/// <param name="WidthDeg">kernel_width: the largest width; null for as wide as PSF and source need.</param>
/// <param name="MaxPsfRadiusDeg">Limits the PSF's radius, which a noisy table can make far too large.</param>
/// <param name="HasDataWithin">
/// Whether any unmasked pixel is within a distance in degrees of the position, in x and y. If not, the kernel has the width
/// <paramref name="WidthDeg"/> even if PSF and source need less (gammapy's rule). Null for yes.
/// </param>
/// <param name="NJobs">Number of threads for the PSF's images; -1 for one per core.</param>
public sealed record KernelOptions(
    double? WidthDeg = null, double MaxPsfRadiusDeg = 5, Func<double, bool>? HasDataWithin = null, int NJobs = 1)
{
    /// <summary>Offset of the source from the middle pixel's centre along x and y, in pixels; at most half a pixel.</summary>
    public (double X, double Y) Offset { get; init; }

    /// <summary>Whether to compute <see cref="SourceKernel.ContainedFractions"/>, which needs a second image of the source.</summary>
    public bool MeasuresContainment { get; init; }
}
