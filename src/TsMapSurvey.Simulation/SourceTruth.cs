namespace TsMapSurvey.Simulation;

/// <summary>A simulated source in truth.json.</summary>
/// <param name="LonDeg">Galactic longitude.</param>
/// <param name="LatDeg">Galactic latitude.</param>
/// <param name="RaDeg">Right ascension, ICRS.</param>
/// <param name="DecDeg">Declination, ICRS.</param>
/// <param name="Flux">Integral over the survey's energy range, cm⁻² s⁻¹.</param>
/// <param name="Norm">Flux divided by that of the model of the survey's first map.</param>
/// <param name="Index">Index of the power law.</param>
/// <param name="SigmaDeg">Sigma of a Gaussian source; 0 for a point source.</param>
/// <param name="ExpectedSqrtTs">Expected significance of a fit with the true shape to all observations, with energies summed.</param>
public sealed record SourceTruth(
    string Name, double LonDeg, double LatDeg, double RaDeg, double DecDeg, double Flux, double Norm, double Index, double SigmaDeg,
        double ExpectedSqrtTs);
