using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Surveys;

internal static class TileSummaries
{
    /// <summary>Returns the summary of a tile whose call failed; null if the name is not of a tile of the survey.</summary>
    public static TileSummary? OfFailed(SurveySetup setup, string tile, string reason) =>
        setup.Survey.Tiling.TryParse(tile, out var id) ? Of(setup, id, TileHead.Empty, [], reason) : null;

    public static TileSummary Of(SurveySetup setup, TileId tile, TileHead head, ImmutableArray<MapSummary> maps, string? fault)
    {
        var centre = setup.Survey.GridOf(tile).Centre.To(SkyFrame.Icrs);
        return new TileSummary(
            tile.ToString(), centre.LonDeg, centre.LatDeg, head.Revision,
            head.Ledger.Entries.Count, head.CommittedAt, maps, fault, head.NewestNight(setup.Survey.Nights),
            setup.Survey.LongestSliceNights > 0 ? head.Undated : 0, head.WithoutTime,
            head.OldestNight(setup.Survey.Nights));
    }

    /// <summary>Returns the tiles that cannot answer for now.</summary>
    public static ImmutableArray<MissingTile> Missing(IEnumerable<TileSummary> tiles) =>
        MissingTile.List(tiles.Where(tile => tile.Fault is not null).Select(tile => new MissingTile(tile.Tile, tile.Fault!)));
}
