namespace TsMapSurvey.Contracts;

/// <summary>A peak of sqrt_ts: a pixel that no neighbour exceeds.</summary>
/// <param name="RaDeg">ICRS: where TS has its maximum, between the pixels; the pixel's centre where the position's error is NaN.</param>
/// <param name="Flux">cm-2 s-1 in the map's energy bin; with its error.</param>
/// <param name="EnergyBin">Of the map, from 0.</param>
/// <param name="Revision">Of the tile's map.</param>
/// <param name="FluxUl">NaN where the map has none.</param>
/// <param name="PosErrDeg">Radius that holds the source with 68 %; semi-axes of the ellipse, and the major one's angle from north through
/// east.</param>
/// <param name="AtEdge">Whether the pixel touches the end of the tile's data.</param>
/// <param name="BrighterDeg">Separation to the nearest more significant candidate of the energy bin; NaN for the first.</param>
[GenerateSerializer, Immutable, Alias("tsmap.Candidate")]
public sealed record Candidate(
    [property: Id(0)] double RaDeg,
    [property: Id(1)] double DecDeg,
    [property: Id(2)] double SqrtTs,
    [property: Id(3)] double Ts,
    [property: Id(4)] double Flux,
    [property: Id(5)] double FluxErr,
    [property: Id(6)] int EnergyBin,
    [property: Id(7)] double EnergyMinTeV,
    [property: Id(8)] double EnergyMaxTeV,
    [property: Id(9)] string Tile,
    [property: Id(10)] long Revision,
    [property: Id(11)] double FluxUl,
    [property: Id(12)] double PosErrDeg,
    [property: Id(13)] double PosErrMajorDeg,
    [property: Id(14)] double PosErrMinorDeg,
    [property: Id(15)] double PosErrAngleDeg,
    [property: Id(16)] bool AtEdge,
    [property: Id(17)] double BrighterDeg);
