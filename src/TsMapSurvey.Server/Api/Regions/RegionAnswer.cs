using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Candidates;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Regions;

/// <summary>The most extreme value in a region and where it is.</summary>
/// <param name="Value">In the unit of its quantity.</param>
/// <param name="Ra">Of the pixel's centre, in degrees, ICRS.</param>
internal sealed record RegionExtreme(double Value, double Ra, double Dec, string Tile)
{
    public static RegionExtreme Of(double value, SkyPosition centre, string tile)
    {
        var icrs = centre.To(SkyFrame.Icrs);
        return new RegionExtreme(value, icrs.LonDeg, icrs.LatDeg, tile);
    }
}

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
/// <param name="MaxExposure">The deepest place: the largest exposure in m2 s, weighted with the map's spectrum.</param>
/// <param name="MinExposure">The shallowest place with data.</param>
/// <param name="MinFluxUl">The deepest upper limit of the flux in cm-2 s-1; null if the map has no limits.</param>
/// <param name="MinFluxSensitivity">The smallest detectable flux in cm-2 s-1; null if the map has no sensitivity.</param>
/// <param name="MaxSqrtTs">The largest significance.</param>
/// <param name="Point">Path of the values at the cell's centre; null for a region in a body.</param>
/// <param name="Tiles">The tiles with data in the region.</param>
/// <param name="Candidates">The source candidates in the region, most significant first.</param>
/// <param name="Observations">Names of the observations with data in the region.</param>
/// <param name="Missing">Tiles whose data are not in the answer, each with the reason.</param>
internal sealed record RegionAnswer(
    double AreaDeg2, double CoveredDeg2, double Fraction, int Pixels, string Map, double EnergyMinTeV, double EnergyMaxTeV,
    double Counts, double Background, double Excess, RegionExtreme? MaxExposure, RegionExtreme? MinExposure, RegionExtreme? MinFluxUl,
    RegionExtreme? MinFluxSensitivity, RegionExtreme? MaxSqrtTs, string? Point, IReadOnlyList<RegionTile> Tiles,
    IReadOnlyList<CandidateAnswer> Candidates, IReadOnlyList<string> Observations, long Revision, DateTimeOffset? ComputedAt, bool Stale,
    string Slice, DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd, IReadOnlyList<MissingTile> Missing);
