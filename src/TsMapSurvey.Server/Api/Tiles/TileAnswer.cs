using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Tiles;

/// <param name="ExposureM2S">Largest exposure on the tile's own pixels in m2 s: per energy bin the mean weighted with the
/// spectrum.</param>
internal sealed record TileMapAnswer(
    string Map, long Revision, DateTimeOffset ComputedAt, bool Stale, string? EmptyReason, double? MaxSqrtTs, double Counts,
    double ExposureM2S);

/// <summary>A tile without its arrays.</summary>
/// <param name="X">The first pixel of its image in the survey's grid; 0 if the survey has no common grid.</param>
/// <param name="Ra">Of its centre, in degrees, ICRS.</param>
/// <param name="Observations">Number of observations in its stack.</param>
/// <param name="Revision">Of its stack; each map has its own.</param>
/// <param name="ComputedAt">When its newest map was computed; null if it has none.</param>
/// <param name="Stale">Whether a map is missing or not of the newest stack.</param>
/// <param name="MaxSqrtTs">The largest value of its maps.</param>
internal sealed record TileAnswer(
    string Tile, int X, int Y, int Width, int Height, double Ra, double Dec, long Revision, int Observations, DateTimeOffset? CommittedAt,
    DateTimeOffset? ComputedAt, bool Stale, double? MaxSqrtTs, double? Counts, double? ExposureM2S, string? Fault,
    IReadOnlyList<TileMapAnswer> Maps)
{
    public DataVersion Version() => new(Revision, ComputedAt, Stale);

    public static TileAnswer Of(TileSummary tile, KnownSurvey survey) =>
        Of(tile, survey.RegionOf(survey.Survey.FindTile(tile.Tile)), survey.Info.Maps.Length);

    private static TileAnswer Of(TileSummary tile, PixelRegion place, int maps) => new(
        tile.Tile, place.X, place.Y, place.Width, place.Height, tile.RaDeg, tile.DecDeg, tile.Revision, tile.Observations, tile.CommittedAt,
        tile.ComputedAt, tile.IsStale(maps),
        tile.Maps.Max(map => map.MaxSqrtTs),
        Newest(tile)?.Counts, Newest(tile)?.ExposureM2S, tile.Fault,
        [.. tile.Maps.Select(map => new TileMapAnswer(
            map.Map, map.Revision, map.ComputedAt, map.Revision < tile.Revision, map.EmptyReason, map.MaxSqrtTs, map.Counts,
            map.ExposureM2S))]);

    private static MapSummary? Newest(TileSummary tile) => tile.Maps.MaxBy(map => map.Revision);
}
