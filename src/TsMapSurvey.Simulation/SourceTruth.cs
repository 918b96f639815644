namespace TsMapSurvey.Simulation;

/// <summary>A simulated source in truth.json.</summary>
/// <param name="LonDeg">Galactic longitude.</param>
/// <param name="LatDeg">Galactic latitude.</param>
/// <param name="RaDeg">ICRS.</param>
/// <param name="DecDeg">ICRS.</param>
/// <param name="Flux">Integral over the survey's energy range, cm⁻² s⁻¹.</param>
/// <param name="Norm">Flux over that of norm 1 of the survey's first map.</param>
/// <param name="Index">Of the power law.</param>
/// <param name="SigmaDeg">0 for a point source.</param>
/// <param name="ExpectedSqrtTs">Of a fit of its true shape to all observations, energies summed.</param>
public sealed record SourceTruth(
    string Name, double LonDeg, double LatDeg, double RaDeg, double DecDeg, double Flux, double Norm, double Index, double SigmaDeg,
        double ExpectedSqrtTs);
