using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>A peak of a TS map.</summary>
public sealed record DetectedPeak(SkyPosition Position, double SqrtTs)
{
    /// <summary>Radius of the circle that contains the source with a probability of 68.27 %; NaN if it is unknown.</summary>
    public double ErrorDeg { get; init; } = double.NaN;

    /// <summary>Flux in cm⁻² s⁻¹ over the survey's energy range; NaN if it is unknown.</summary>
    public double Flux { get; init; } = double.NaN;

    public double FluxError { get; init; } = double.NaN;
}
