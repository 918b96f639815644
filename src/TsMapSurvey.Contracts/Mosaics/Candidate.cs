namespace TsMapSurvey.Contracts;

/// <summary>A peak of sqrt_ts: the centre of a pixel that no neighbour exceeds.</summary>
/// <param name="RaDeg">ICRS.</param>
/// <param name="Flux">cm-2 s-1 in the map's energy bin; with its error.</param>
/// <param name="EnergyBin">Of the map, from 0.</param>
/// <param name="Revision">Of the tile's map.</param>
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
    [property: Id(10)] long Revision);
