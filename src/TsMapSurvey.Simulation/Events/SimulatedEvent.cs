namespace TsMapSurvey.Simulation.Events;

/// <summary>A recorded event.</summary>
/// <param name="TimeS">Seconds of TT since MJD 51544.0.</param>
/// <param name="RaDeg">Reconstructed right ascension, ICRS.</param>
/// <param name="DecDeg">Reconstructed declination, ICRS.</param>
/// <param name="EnergyTeV">Reconstructed energy.</param>
public readonly record struct SimulatedEvent(double TimeS, double RaDeg, double DecDeg, double EnergyTeV);
