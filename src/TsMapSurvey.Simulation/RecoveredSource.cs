using MathNet.Numerics;

namespace TsMapSurvey.Simulation;

/// <summary>A simulated source and the peak that is matched with it.</summary>
public sealed record RecoveredSource(SourceTruth Source, DetectedPeak Peak, double SeparationDeg)
{
    /// <summary>
    /// The separation in standard deviations: those of a normal number that is exceeded as rarely. For a circle of 68.27 % with the radius
    /// r the probability of a larger separation s is exp(-2.2957 s² / 2 r²), as positions scatter in two dimensions. NaN if the error is
    /// unknown.
    /// </summary>
    /// <remarks>
    /// The error is read off the TS map, which the PSF and sqrt(TS) shape: for a Gaussian PSF of sigma σ and a background that does not
    /// vary, TS falls as exp(-s² / 2σ²) around its peak, so that the error of each coordinate is σ √2 / √TS, and r = 1.52 times that.
    /// </remarks>
    public double PositionSigmas => PositionChance is var chance && chance > 0 ? Constants.Sqrt2 * SpecialFunctions.ErfcInv(chance)
        : double.IsNaN(chance) ? double.NaN : double.PositiveInfinity;

    /// <summary>Found minus simulated flux in units of the flux's error.</summary>
    public double FluxSigmas => (Peak.Flux - Source.Flux) / Peak.FluxError;

    private double PositionChance => Math.Exp(-0.5 * DeltaTs * Math.Pow(SeparationDeg / Peak.ErrorDeg, 2));

    /// <summary>-2 ln(1 - 0.6827): the 68.27 % quantile of χ² with two degrees of freedom.</summary>
    private const double DeltaTs = 2.2957;
}
