using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>A source that is really there.</summary>
/// <param name="Name">From its Galactic position: SIM G344.52+01.07.</param>
/// <param name="Position">In Galactic coordinates.</param>
/// <param name="SigmaDeg">Of its Gaussian shape; 0 for a point.</param>
public sealed record SimulatedSource(string Name, SkyPosition Position, double SigmaDeg, PowerLaw Spectrum);
