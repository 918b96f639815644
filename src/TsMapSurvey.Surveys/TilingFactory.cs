using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys;

/// <summary>Creates the tiling of a survey's definition.</summary>
/// <param name="like">The content of the file <see cref="TilingDefinition.Like"/>; null only if that is null.</param>
/// <exception cref="SurveyException">The definition's tiling is not valid.</exception>
public delegate ITiling TilingFactory(SurveyDefinition definition, MapDataset? like);
