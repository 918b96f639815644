using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators.Seams;

namespace TsMapSurvey.Server.Api.Seams;

/// <summary>The common border of two adjacent tiles.</summary>
/// <param name="Tile">The tile with the lower number; the other one is Other.</param>
/// <param name="Largest">The largest |difference of sqrt_ts| on the border, at Ra and Dec.</param>
/// <param name="SqrtTs">There, in the map of the first tile.</param>
/// <param name="OtherSqrtTs">There, in the map of the other tile.</param>
/// <param name="Mean">The mean of |difference of sqrt_ts|.</param>
/// <param name="Points">Number of positions compared.</param>
internal sealed record SeamAnswer(
    string Tile, string Other, double Largest, double Ra, double Dec, double SqrtTs, double OtherSqrtTs, double Mean, int Points)
{
    public static SeamAnswer Of(Seam seam) => new(
        seam.One.ToString(), seam.Other.ToString(), seam.Largest, seam.Position.LonDeg, seam.Position.LatDeg, seam.SqrtTsOne,
        seam.SqrtTsOther, seam.Mean, seam.Points);
}

/// <summary>How much the maps of adjacent tiles differ where they meet.</summary>
/// <param name="Largest">The largest |difference of sqrt_ts| of all borders; null if no position could be compared.</param>
/// <param name="LeastExposureM2S">Positions with a smaller exposure in one of the tiles are not compared: a tenth of the largest.</param>
/// <param name="Borders">Number of borders compared.</param>
/// <param name="Points">Number of positions compared.</param>
/// <param name="Seams">The borders with the largest differences.</param>
/// <param name="Missing">Tiles that have data but no map, each with the reason.</param>
internal sealed record SeamsAnswer(
    string Map, double EnergyMinTeV, double EnergyMaxTeV, double? Largest, double LeastExposureM2S, int Borders, int Points,
    IReadOnlyList<SeamAnswer> Seams, long Revision, DateTimeOffset? ComputedAt, bool Stale, string Slice, DateTimeOffset? WindowStart,
    DateTimeOffset? WindowEnd, ImmutableArray<MissingTile> Missing);
