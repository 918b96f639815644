using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>A source of the simulated sky.</summary>
/// <param name="Name">Name from the Galactic position: SIM G344.52+01.07.</param>
/// <param name="Position">In Galactic coordinates.</param>
/// <param name="SigmaDeg">Sigma of a Gaussian source; 0 for a point source.</param>
public sealed record SimulatedSource(string Name, SkyPosition Position, double SigmaDeg, PowerLaw Spectrum);
