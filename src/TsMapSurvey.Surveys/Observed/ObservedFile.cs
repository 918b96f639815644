using TsMapSurvey.Events;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Surveys.Observed;

/// <summary>The one place that decides by a file's content how it becomes datasets on the tiles of a survey.</summary>
public static class ObservedFile
{
    /// <param name="arrays">Pool of the maps' arrays; null: allocate them.</param>
    /// <exception cref="MapException">The file lacks something or has an unknown layout.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    /// <exception cref="SurveyException">The observation does not fit the survey; every reason is listed.</exception>
    public static IObservedData Read(FitsFile file, Survey survey, MapArrays? arrays = null) =>
        GivenData.IsOne(file, survey) ? GivenData.Read(file, survey)
        : EventFile.IsOne(file) ? EventData.Read(file, survey)
        : EventIndex.IsOne(file) ? throw EventsErrors.IsIndex(file.Name)
        : Of(MapDatasetFile.Read(file, arrays), survey);

    /// <summary>A dataset that is in memory.</summary>
    /// <exception cref="SurveyException">The observation does not fit the survey; every reason is listed.</exception>
    public static IObservedData Of(MapDataset dataset, Survey survey)
    {
        survey.Check(dataset);
        return survey.Tiling.IsAligned(dataset.Grid) ? new AlignedData(dataset) : new ResampledData(dataset, survey.Tiling);
    }
}
