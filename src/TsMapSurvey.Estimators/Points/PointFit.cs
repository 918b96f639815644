using TsMapSurvey.Likelihood;

namespace TsMapSurvey.Estimators.Points;

/// <summary>The fit of one pixel in one energy bin of a map, and sums over the stack under its kernel.</summary>
/// <param name="Norm">The norm of the best fit; NaN if nothing was fitted.</param>
/// <param name="NormErr">Symmetric error at n_sigma of the map; NaN without counts.</param>
/// <param name="NormErrn">Distance below the norm at which the Cash statistic has risen by n_sigma²; NaN if it never does.</param>
/// <param name="NormErrp">The same distance above the norm.</param>
/// <param name="NormUl">Upper limit at <paramref name="NSigmaUl"/>.</param>
/// <param name="Signal">Σ m: the counts under the kernel that a source of norm 1 gives.</param>
/// <param name="BoxCounts">Σ n over the kernel's square, without weights, as used by npred.</param>
/// <param name="BoxBackground">Σ b over the kernel's square.</param>
/// <param name="Kernel">Weighted sums under the kernel.</param>
public sealed record PointFit(
    double Norm, double NormErr, double NormErrn, double NormErrp, double NormUl, double NSigmaUl, double Ts, double StatNull,
    double Iterations, double Signal, double BoxCounts, double BoxBackground, KernelSums Kernel, FitStatus Status)
{
    /// <summary>sqrt(max(ts, 0)) with the sign of the norm.</summary>
    public double SqrtTs => Norm > 0 ? Math.Sqrt(Math.Max(Ts, 0)) : double.IsNaN(Ts) ? double.NaN : -Math.Sqrt(Math.Max(Ts, 0));

    /// <summary>The Cash statistic with the source.</summary>
    public double Stat => StatNull - Ts;

    /// <summary>The counts under the kernel that the source predicts.</summary>
    public double NpredExcess => Norm * Signal;

    /// <summary>The counts in the kernel's square that source and background predict.</summary>
    public double Npred => BoxBackground + NpredExcess;
}
