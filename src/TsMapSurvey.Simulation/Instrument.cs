using MathNet.Numerics;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Simulation;

/// <summary>
/// A simple model of an array of Cherenkov telescopes, similar to H.E.S.S. Its response depends on energy (TeV) and on the offset from the
/// pointing (degrees).
/// </summary>
public static class Instrument
{
    /// <summary>Data beyond this offset are not safe.</summary>
    public const double MaxOffsetDeg = 2;

    /// <summary>Live time as a fraction of the time on target.</summary>
    public const double LiveFraction = 0.93;

    private const double PlateauAreaM2 = 3e5;
    private const double AreaTurnTeV = 0.4;
    private const double CameraHalfDeg = 1.9;
    private const double BackgroundAt1TeV = 200;
    private const double BackgroundIndex = 2.7;
    private const double BackgroundSigmaDeg = 1.5;
    private const double LogEnergyResolution = 0.13;

    /// <summary>A(E, θ) in m²: proportional to E² below 0.4 TeV, constant above, times a flat-topped acceptance of the camera.</summary>
    public static double EffectiveAreaM2(double energyTeV, double offsetDeg)
    {
        var x = energyTeV / AreaTurnTeV;
        var t = offsetDeg / CameraHalfDeg;
        return PlateauAreaM2 * x * x / (1 + x * x) / (1 + t * t * t * t);
    }

    /// <summary>∫ B dE between two reco energies, in s⁻¹ sr⁻¹: a power law in energy and a Gaussian in the offset.</summary>
    public static double BackgroundPerSSr(double minTeV, double maxTeV, double offsetDeg)
    {
        const double p = 1 - BackgroundIndex;
        var t = offsetDeg / BackgroundSigmaDeg;
        return BackgroundAt1TeV * (Math.Pow(maxTeV, p) - Math.Pow(minTeV, p)) / p * Math.Exp(-0.5 * t * t);
    }

    /// <summary>The safe mask excludes reco bins that begin below this threshold, which increases with the offset.</summary>
    public static double ThresholdTeV(double offsetDeg) => 0.45 * (1 + 0.1 * offsetDeg * offsetDeg);

    /// <summary>The PSF, which is narrower at higher energies and wider at larger offsets.</summary>
    public static PointSpread Psf(double energyTeV, double offsetDeg) =>
        new(Math.Clamp(0.06 * Math.Pow(energyTeV, -0.12), 0.04, 0.07) * (1 + 0.05 * offsetDeg * offsetDeg));

    /// <summary>R(reco bin | true energy): log-normal without bias.</summary>
    public static double EnergyDispersion(MapAxis energy, int bin, double trueTeV)
    {
        double Below(double edgeTeV) =>
            0.5 * SpecialFunctions.Erfc(-Math.Log(edgeTeV / trueTeV) / LogEnergyResolution * Constants.Sqrt1Over2);
        return Below(energy.Edges[bin + 1]) - Below(energy.Edges[bin]);
    }
}
