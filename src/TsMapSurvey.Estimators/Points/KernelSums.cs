namespace TsMapSurvey.Estimators.Points;

/// <summary>
/// Sums of the stack under a kernel K centred on the pixel, over the unmasked pixels of the kernel's square. Counts and background have
/// the weight K / ΣK², with which counts minus background is the least-squares estimate of the source's counts on a flat background; for
/// a kernel of N equal pixels the weight is 1. With several kernels (energy bins fitted together) the sums of all kernels are added.
/// </summary>
/// <param name="Counts">ΣKn / ΣK²; NaN without unmasked pixels.</param>
/// <param name="Background">ΣKb / ΣK².</param>
/// <param name="ExposureM2S">ΣKε / ΣK in m² s, with ε as in <see cref="BandExposure"/>; the mean over several kernels.</param>
public readonly record struct KernelSums(double Counts, double Background, double ExposureM2S)
{
    /// <summary>No unmasked pixel.</summary>
    public static KernelSums None { get; } = new(double.NaN, double.NaN, double.NaN);
}
