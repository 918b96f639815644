using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Grids;

namespace TsMapSurvey.Surveys;

/// <summary>The tilings that definitions can ask for, by <see cref="TilingDefinition.Kind"/>.</summary>
public static class TilingKinds
{
    /// <exception cref="SurveyException">The grid of the file cannot be tiled.</exception>
    public static ITiling Create(SurveyDefinition definition, MapDataset? like)
    {
        var tiling = definition.Tiling;
        if (tiling.Like is not { } file) return new GridTiling(GridOfTiling.Create(tiling), tiling.TilePixels);
        var grid = GridOfTiling.Like(tiling, like!);
        if (GridOfTiling.ProblemOf(grid, file) is { } wrong) throw new SurveyException($"survey {definition.Name}", [wrong]);
        return new GridTiling(grid, tiling.TilePixels);
    }
}
