using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Peaks;

/// <summary>A source candidate: a local maximum of sqrt_ts.</summary>
/// <param name="Position">ICRS position of the maximum of the paraboloid fitted to TS; the pixel's centre if <paramref name="Error"/> is
/// NaN.</param>
/// <param name="X">Column of the pixel, from 0; sqrt_ts, TS and flux are the values of this pixel.</param>
/// <param name="Flux">Flux in the energy bin, in the unit of <see cref="PeakOptions.Flux"/>; NaN, as error and upper limit, if the maps
/// do not have it.</param>
/// <param name="AtEdge">Whether a neighbouring pixel is missing or NaN, so that the true maximum may be outside.</param>
/// <param name="BrighterDeg">Separation to the nearest higher peak of the same energy bin; NaN for the highest.</param>
public sealed record Peak(
    SkyPosition Position, PositionError Error, int X, int Y, int EnergyBin, double EnergyMinTeV, double EnergyMaxTeV,
    double SqrtTs, double Ts, double Flux, double FluxErr, double FluxUl, bool AtEdge, double BrighterDeg);
