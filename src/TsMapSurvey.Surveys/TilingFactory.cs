using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys;

/// <summary>Makes the tiling that a survey's definition asks for.</summary>
/// <param name="like">The file that <see cref="TilingDefinition.Like"/> names; not null where that is not null.</param>
/// <exception cref="SurveyException">The definition's tiling cannot be made.</exception>
public delegate ITiling TilingFactory(SurveyDefinition definition, MapDataset? like);
