using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Grids;

namespace TsMapSurvey.Surveys;

/// <summary>The supported kinds of tilings, by <see cref="TilingDefinition.Kind"/>.</summary>
public static class TilingKinds
{
    /// <exception cref="SurveyException">The grid of the file cannot be tiled.</exception>
    public static ITiling Create(SurveyDefinition definition, MapDataset? like)
    {
        var tiling = definition.Tiling;
        if (tiling.Kind == TilingDefinition.HealpixKind)
            return new HealpixTiling(tiling.Order ?? TilingDefinition.DefaultOrder, tiling.PixelSizeDeg!.Value);
        if (tiling.Like is not { } file) return new GridTiling(GridOfTiling.Create(tiling), tiling.TilePixels);
        var grid = GridOfTiling.Like(tiling, like!);
        if (GridOfTiling.ProblemOf(grid, file) is { } problem) throw new SurveyException($"survey {definition.Name}", [problem]);
        return new GridTiling(grid, tiling.TilePixels);
    }
}
