using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Peaks;

/// <summary>A source candidate: a local maximum of sqrt_ts.</summary>
/// <param name="Position">ICRS, where the paraboloid through TS has its maximum; the pixel's centre where <paramref name="Error"/> is
/// NaN.</param>
/// <param name="X">The pixel, from 0; sqrt_ts, TS and flux are its values.</param>
/// <param name="Flux">In the energy bin, in the unit of <see cref="PeakOptions.Flux"/>; error and upper limit NaN where the maps have
/// none.</param>
/// <param name="AtEdge">Whether a neighbouring pixel is missing or NaN: the real maximum may lie beyond.</param>
/// <param name="BrighterDeg">Separation to the nearest peak of the same energy bin that is higher; NaN for the highest.</param>
public sealed record Peak(
    SkyPosition Position, PositionError Error, int X, int Y, int EnergyBin, double EnergyMinTeV, double EnergyMaxTeV,
    double SqrtTs, double Ts, double Flux, double FluxErr, double FluxUl, bool AtEdge, double BrighterDeg);
