using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Surveys;

/// <summary>What is said of a survey's tiles.</summary>
internal static class TileSummaries
{
    /// <summary>Of a tile that has something in the store and does not answer; null where nothing of the survey can have the name.</summary>
    public static TileSummary? OfSilent(SurveySetup setup, string tile, string reason)
    {
        var tiling = setup.Survey.Tiling;
        if (!TileId.TryParse(tile, null, out var id) || id.X >= tiling.Columns || id.Y >= tiling.Rows) return null;
        return Of(setup, id, TileHead.Nothing, [], reason);
    }

    public static TileSummary Of(SurveySetup setup, TileId tile, TileHead head, ImmutableArray<MapSummary> maps, string? fault)
    {
        var (centre, owned) = (setup.Survey.GridOf(tile).Centre.To(SkyFrame.Icrs), setup.Survey.Tiling.Owned(tile));
        return new TileSummary(
            tile.ToString(), new PixelBox(owned.X, owned.Y, owned.Width, owned.Height), centre.LonDeg, centre.LatDeg, head.Revision,
            head.Ledger.Entries.Count, head.CommittedAt, maps, fault, head.NewestNight(setup.Survey.Nights),
            setup.Survey.LongestSlice > 0 ? head.Undated : 0, head.WithoutTime);
    }

    /// <summary>Those that cannot answer for now.</summary>
    public static ImmutableArray<MissingTile> Missing(IEnumerable<TileSummary> tiles) =>
        MissingTile.List(tiles.Where(tile => tile.Fault is not null).Select(tile => new MissingTile(tile.Tile, tile.Fault!)));
}
