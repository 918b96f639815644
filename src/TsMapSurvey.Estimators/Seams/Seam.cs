using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Seams;

/// <summary>How much the maps of two adjacent tiles differ on their common border.</summary>
/// <param name="Largest">The largest |difference of sqrt_ts|.</param>
/// <param name="Position">Where it is, ICRS.</param>
/// <param name="SqrtTsOne">There, in the map of <paramref name="One"/>.</param>
/// <param name="Mean">The mean of |difference|.</param>
/// <param name="Points">Number of positions compared.</param>
public sealed record Seam(
    TileId One, TileId Other, double Largest, SkyPosition Position, double SqrtTsOne, double SqrtTsOther, double Mean, int Points);
