namespace TsMapSurvey.Contracts;

/// <summary>A source candidate: a pixel whose sqrt_ts no neighbour exceeds.</summary>
/// <param name="RaDeg">ICRS, of the interpolated TS maximum; of the pixel's centre where the position error is NaN.</param>
/// <param name="Flux">In cm-2 s-1, in the map's energy bin.</param>
/// <param name="EnergyBin">Index of the map's energy bin, from 0.</param>
/// <param name="Revision">Revision of the tile's map.</param>
/// <param name="FluxUl">Upper limit in cm-2 s-1; NaN where the map has none.</param>
/// <param name="PosErrDeg">68 % containment radius of the position.</param>
/// <param name="PosErrAngleDeg">Position angle of the error ellipse's major axis, from north through east.</param>
/// <param name="AtEdge">Whether the pixel touches the edge of the tile's data.</param>
/// <param name="BrighterDeg">Separation from the nearest more significant candidate of the energy bin; NaN for the first.</param>
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
