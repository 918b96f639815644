using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Candidates;

namespace TsMapSurvey.Server.Api.Regions;

/// <summary>The largest or smallest value of a quantity in a region, and where it is.</summary>
/// <param name="Quantity">Name of the quantity.</param>
/// <param name="Extreme">max or min.</param>
/// <param name="Value">In the unit of the quantity: exposure in m2 s, weighted with the map's spectrum; fluxes in cm-2 s-1.</param>
/// <param name="Ra">Of the pixel's centre, in degrees, ICRS.</param>
internal sealed record RegionExtreme(string Quantity, string Extreme, double Value, double Ra, double Dec, string Tile);

/// <summary>A tile that has data in a region.</summary>
/// <param name="Pixels">Number of its own pixels with exposure in the region.</param>
/// <param name="Revision">Of its stack.</param>
/// <param name="MapRevision">Of its map; 0 if it has none yet.</param>
internal sealed record RegionTile(string Tile, int Pixels, long Revision, long MapRevision);

/// <summary>What a survey knows about a region of the sky.</summary>
/// <param name="AreaDeg2">Area of the region in square degrees.</param>
/// <param name="CoveredDeg2">Area of the part of the region where the survey has data.</param>
/// <param name="Fraction">The covered part of the region, 0 to 1.</param>
/// <param name="Pixels">Number of pixels with exposure in the region; all following values are of these pixels.</param>
/// <param name="Counts">Summed over the pixels and over reconstructed energy, like background and excess.</param>
/// <param name="Extremes">
/// The deepest and shallowest places: largest and smallest exposure, smallest limit and sensitivity if the map has them, largest sqrt_ts.
/// </param>
/// <param name="Point">Path of the values at the cell's centre; null for a region in a body.</param>
/// <param name="Tiles">The tiles with data in the region.</param>
/// <param name="Candidates">The source candidates in the region, most significant first.</param>
/// <param name="Observations">Names of the observations with data in the region.</param>
/// <param name="Missing">Tiles whose data are not in the answer, each with the reason.</param>
internal sealed record RegionAnswer(
    double AreaDeg2, double CoveredDeg2, double Fraction, int Pixels, string Map, double EnergyMinTeV, double EnergyMaxTeV,
    double Counts, double Background, double Excess, IReadOnlyList<RegionExtreme> Extremes, string? Point, IReadOnlyList<RegionTile> Tiles,
    IReadOnlyList<CandidateAnswer> Candidates, IReadOnlyList<string> Observations, long Revision, DateTimeOffset? ComputedAt, bool Stale,
    string Slice, DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd, IReadOnlyList<MissingTile> Missing);
