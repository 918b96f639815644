using MathNet.Numerics;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Simulation;

/// <summary>
/// A simple model of an instrument. Its response depends on energy (TeV) and on the offset from the pointing (degrees), not on time.
/// </summary>
public sealed record Instrument
{
    /// <summary>Live time as a fraction of the time on target.</summary>
    public const double LiveFraction = 0.93;

    /// <summary>An array of Cherenkov telescopes, similar to H.E.S.S.</summary>
    public static Instrument Cherenkov { get; } = new()
    {
        Name = "Cherenkov telescopes",
        MaxOffsetDeg = 2,
        MinTeV = 0.2,
        MaxTeV = 100,
        PlateauAreaM2 = 3e5,
        AreaTurnTeV = 0.4,
        CameraHalfDeg = 1.9,
        BackgroundAt1TeV = 200,
        BackgroundSigmaDeg = 1.5,
        LogEnergyResolution = 0.13,
        LowestThresholdTeV = 0.45,
        ThresholdGrowth = 0.1,
        Psf1TeVDeg = 0.06,
        PsfIndex = 0.12,
        PsfRangeDeg = (0.04, 0.07),
        PsfGrowth = 0.05,
        PsfTailRatio = 2.2,
        RadBinDeg = 0.01,
    };

    /// <summary>
    /// An array of particle detectors with a wide field of view, which points anywhere. Its PSF is sampled well by pixels of 0.2 degrees.
    /// </summary>
    public static Instrument WideField { get; } = new()
    {
        Name = "wide-field array",
        MaxOffsetDeg = 15,
        MinTeV = 0.8,
        MaxTeV = 40,
        PlateauAreaM2 = 3e4,
        AreaTurnTeV = 0.4,
        CameraHalfDeg = 14,
        BackgroundAt1TeV = 2.8,
        BackgroundSigmaDeg = 10,
        LogEnergyResolution = 0.2,
        LowestThresholdTeV = 0.8,
        ThresholdGrowth = 0,
        Psf1TeVDeg = 0.32,
        PsfIndex = 0.1,
        PsfRangeDeg = (0.22, 0.36),
        PsfGrowth = 4e-4,
        PsfTailRatio = 1.8,
        RadBinDeg = 0.05,
    };

    public required string Name { get; init; }

    /// <summary>Data beyond this offset are not safe.</summary>
    public required double MaxOffsetDeg { get; init; }

    /// <summary>The largest offset of recorded events, up to which the responses are known.</summary>
    public double FieldDeg => 1.2 * MaxOffsetDeg;

    /// <summary>The lowest reconstructed energy of recorded events.</summary>
    public required double MinTeV { get; init; }

    /// <summary>The highest reconstructed energy of recorded events.</summary>
    public required double MaxTeV { get; init; }

    /// <summary>Standard deviation of ln(reconstructed / true energy).</summary>
    public required double LogEnergyResolution { get; init; }

    /// <summary>The index of the background's spectrum, which is a power law in reconstructed energy.</summary>
    public double BackgroundIndex { get; init; } = 2.7;

    /// <summary>The threshold at the pointing.</summary>
    public required double LowestThresholdTeV { get; init; }

    /// <summary>The radius up to which PSF maps of the instrument are computed.</summary>
    public double PsfRadiusDeg => ResponseMaps.RadBins * RadBinDeg;

    /// <summary>A radius that contains more than 99.9 % of the events of a point source, at any energy and offset.</summary>
    public double WidestPsfDeg => Psf(0, MaxOffsetDeg).RadiusDeg;

    /// <summary>Width of a bin of the PSF's profile.</summary>
    internal double RadBinDeg { get; init; }

    internal double BackgroundSigmaDeg { get; init; }

    internal double PlateauAreaM2 { get; init; }

    internal double AreaTurnTeV { get; init; }

    internal double CameraHalfDeg { get; init; }

    internal double BackgroundAt1TeV { get; init; }

    internal double ThresholdGrowth { get; init; }

    internal double Psf1TeVDeg { get; init; }

    internal double PsfIndex { get; init; }

    internal (double Min, double Max) PsfRangeDeg { get; init; }

    internal double PsfGrowth { get; init; }

    internal double PsfTailRatio { get; init; }

    /// <summary>A(E, θ) in m²: proportional to E² at low energies, constant above, times a flat-topped acceptance of the camera.</summary>
    public double EffectiveAreaM2(double energyTeV, double offsetDeg)
    {
        var x = energyTeV / AreaTurnTeV;
        var t = offsetDeg / CameraHalfDeg;
        return PlateauAreaM2 * x * x / (1 + x * x) / (1 + t * t * t * t);
    }

    /// <summary>∫ B dE between two reco energies, in s⁻¹ sr⁻¹: a power law in energy and a Gaussian in the offset.</summary>
    public double BackgroundPerSSr(double minTeV, double maxTeV, double offsetDeg)
    {
        var p = 1 - BackgroundIndex;
        var t = offsetDeg / BackgroundSigmaDeg;
        return BackgroundAt1TeV * (Math.Pow(maxTeV, p) - Math.Pow(minTeV, p)) / p * Math.Exp(-0.5 * t * t);
    }

    /// <summary>B(E, θ) in s⁻¹ sr⁻¹ TeV⁻¹.</summary>
    internal double BackgroundPerSSrTeV(double energyTeV, double offsetDeg)
    {
        var t = offsetDeg / BackgroundSigmaDeg;
        return BackgroundAt1TeV * Math.Pow(energyTeV, -BackgroundIndex) * Math.Exp(-0.5 * t * t);
    }

    /// <summary>The safe mask excludes reco bins that begin below this threshold, which increases with the offset.</summary>
    public double ThresholdTeV(double offsetDeg) => LowestThresholdTeV * (1 + ThresholdGrowth * offsetDeg * offsetDeg);

    /// <summary>The PSF, which is narrower at higher energies and wider at larger offsets.</summary>
    public PointSpread Psf(double energyTeV, double offsetDeg) =>
        new(Math.Clamp(Psf1TeVDeg * Math.Pow(energyTeV, -PsfIndex), PsfRangeDeg.Min, PsfRangeDeg.Max)
            * (1 + PsfGrowth * offsetDeg * offsetDeg), TailRatio: PsfTailRatio);

    /// <summary>R(reco bin | true energy): log-normal without bias.</summary>
    public double EnergyDispersion(MapAxis energy, int bin, double trueTeV) =>
        BelowRatio(energy.Edges[bin + 1] / trueTeV) - BelowRatio(energy.Edges[bin] / trueTeV);

    /// <summary>The probability of a ratio of reconstructed to true energy below a value.</summary>
    internal double BelowRatio(double ratio) =>
        0.5 * SpecialFunctions.Erfc(-Math.Log(ratio) / LogEnergyResolution * Constants.Sqrt1Over2);
}
