namespace TsMapSurvey.Estimators.Kernels;

/// <summary>How a source kernel is made.</summary>
/// <param name="WidthDeg">kernel_width: the widest the kernel may be; null for as wide as PSF and source need.</param>
/// <param name="MaxPsfRadiusDeg">A noisy PSF table cannot make the kernel wider than this.</param>
/// <param name="HasDataWithin">
/// Whether any unmasked pixel lies within so many degrees of the position, in x and y. Where none does, the kernel is as wide as asked for
/// even if less would do (gammapy's rule, numerics 3.4 d). Null: yes.
/// </param>
/// <param name="NJobs">The PSF's images are made by as many threads; -1: as many as there are cores.</param>
public sealed record KernelOptions(
    double? WidthDeg = null, double MaxPsfRadiusDeg = 5, Func<double, bool>? HasDataWithin = null, int NJobs = 1)
{
    /// <summary>Pixels from the middle pixel's centre to the source, along x and y; half a pixel at most.</summary>
    public (double X, double Y) Offset { get; init; }

    /// <summary>Whether <see cref="SourceKernel.Held"/> is wanted, for which the source's image is made a second time.</summary>
    public bool MeasuresHeld { get; init; }
}
