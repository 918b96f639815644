namespace TsMapSurvey.Maps.Estimators;

/// <param name="WidthDeg">kernel_width: the widest the kernel may be; null for as wide as PSF and source need.</param>
/// <param name="MaxPsfRadiusDeg">A noisy PSF table cannot make the kernel wider than this.</param>
/// <param name="CutOut">Whether the kernel may be smaller than asked for; gammapy does so only where the map's centre is not masked.</param>
public sealed record KernelOptions(double? WidthDeg = null, double MaxPsfRadiusDeg = 5, bool CutOut = true);
