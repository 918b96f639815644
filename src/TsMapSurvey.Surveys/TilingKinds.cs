using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Grids;

namespace TsMapSurvey.Surveys;

/// <summary>Makes the tiling that a survey's definition asks for.</summary>
/// <param name="like">The file that <see cref="TilingDefinition.Like"/> names; not null where that is not null.</param>
/// <exception cref="SurveyException">The definition's tiling cannot be made.</exception>
public delegate ITiling TilingFactory(SurveyDefinition definition, MapDataset? like);

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
