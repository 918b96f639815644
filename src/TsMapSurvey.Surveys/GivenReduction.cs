using TsMapSurvey.Events.Given;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys;

/// <summary>Turns event lists without responses into datasets that a survey's tiles can stack, with the maps that the survey names.
/// </summary>
public sealed class GivenReduction
{
    private readonly Survey _survey;
    private readonly GivenDefinition _definition;

    /// <param name="maps">The content of the files of <see cref="EventsDefinition.Given"/>.</param>
    /// <exception cref="SurveyException">The survey does not name any, or they were not read.</exception>
    public GivenReduction(Survey survey, GivenMaps? maps)
    {
        if (survey.Definition.Events?.Given is not { } definition)
            throw SurveyErrors.Of($"survey {survey.Name}", [SurveyErrors.NoEvents]);
        Maps = maps ?? throw SurveyErrors.Of($"survey {survey.Name}", [SurveyErrors.NeedsGiven(string.Join(", ", definition.Files()))]);
        (_survey, _definition) = (survey, definition);
    }

    public GivenMaps Maps { get; }

    /// <summary>Whether each event list has a share of the maps; otherwise the survey takes one.</summary>
    public bool TakesSeveral => _definition.TotalTimeS is not null;

    /// <inheritdoc cref="GivenReducer.ShareOf"/>
    public double ShareOf(GivenObservation observation) => GivenReducer.ShareOf(observation, _definition.TotalTimeS);

    /// <param name="template">A dataset with the survey's axes whose response grid is used; null for the default grid.</param>
    /// <exception cref="MapException">The maps lack an energy of the survey, or the file has more than all time.</exception>
    public MapDataset Reduce(GivenObservation observation, SkyGrid image, MapDataset? template = null) =>
        Reduce(observation, template is { Psf: not null, Edisp: not null } ? ReductionTarget.Of(StackGeometry.Covering(image, template))
            : ReductionTarget.Of(image, _survey.Energy, _survey.EnergyTrue,
                ReductionTarget.RadUpTo(_survey.Definition.Events!.PsfRadiusDeg)));

    /// <inheritdoc cref="Reduce(GivenObservation, SkyGrid, MapDataset?)"/>
    public MapDataset Reduce(GivenObservation observation, StackGeometry stack) => Reduce(observation, ReductionTarget.Of(stack));

    private MapDataset Reduce(GivenObservation observation, ReductionTarget target) =>
        GivenReducer.Reduce(observation, Maps, ShareOf(observation), target);
}
