using System.Runtime.CompilerServices;
using TsMapSurvey.Events;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys;

/// <summary>Turns event lists into datasets that a survey's tiles can stack: on its axes, and on any image.</summary>
public sealed class EventReduction
{
    private readonly Survey _survey;
    private readonly ReductionOptions _options;

    // As long as somebody has the observation.
    private readonly ConditionalWeakTable<EventObservation, OwnBackground> _known = [];

    /// <param name="exclusion">The content of <see cref="EventsDefinition.Exclusion"/>; null if that is null.</param>
    /// <exception cref="SurveyException">The survey does not take event lists.</exception>
    public EventReduction(Survey survey, Map<bool>? exclusion)
    {
        var events = survey.Definition.Events ?? throw SurveyErrors.Of($"survey {survey.Name}", [SurveyErrors.NoEvents]);
        if (events.Exclusion is { } file && exclusion is null)
            throw SurveyErrors.Of($"survey {survey.Name}", [SurveyErrors.NeedsExclusion(file)]);
        (_survey, _options) = (survey, events.ToOptions(exclusion));
    }

    /// <summary>Radius of the circle around the pointing in which an observation can have safe pixels, if offset-max limits it; half the
    /// field otherwise.</summary>
    public double RadiusDeg => _options.OffsetMaxDeg;

    /// <summary>
    /// The observation's own image: cut from the survey's grid around the pointing, or a plane there if the survey has no grid.
    /// </summary>
    public SkyGrid FieldOf(EventObservation observation) => _survey.Tiling is IMosaicGrid whole
        ? ObservationField.CutFrom(whole.Grid, observation.Pointing, RadiusDeg)
        : ObservationField.Tangent(observation.Pointing, _survey.Tiling.PixelScaleDeg, RadiusDeg);

    /// <summary>Safe energies and background norm, which are the same for all images of an observation.</summary>
    /// <exception cref="MapException">No energy is safe, or the background cannot be scaled.</exception>
    public ObservationRange RangeOf(EventObservation observation)
    {
        var range = DatasetReducer.Range(observation, FieldOf(observation), _survey.Energy, _survey.EnergyTrue, _options, out var known);
        // Tiles with pixels of their own cannot use it.
        if (known is not null && _survey.Tiling is IMosaicGrid) _known.AddOrUpdate(observation, known);
        return range;
    }

    /// <summary>Bytes that are kept for an observation after its range was worked out.</summary>
    public long KeptBytes(EventObservation observation) => KnownOf(observation)?.ByteSize ?? 0;

    private OwnBackground? KnownOf(EventObservation observation) => _known.TryGetValue(observation, out var known) ? known : null;

    /// <param name="template">A dataset with the survey's axes whose response grid is used; null for the default grid.</param>
    public MapDataset Reduce(EventObservation observation, SkyGrid image, ObservationRange range, MapDataset? template = null) =>
        DatasetReducer.Reduce(observation, TargetOn(image, template), range, _options);

    /// <summary>Only what a stack of this shape adds: pixels outside the circle of safe offsets have neither exposure nor background.
    /// </summary>
    public MapDataset Reduce(EventObservation observation, StackGeometry stack, ObservationRange range) =>
        DatasetReducer.Reduce(observation, ReductionTarget.Of(stack), range, _options, onlySafe: true, KnownOf(observation));

    /// <summary>Without responses.</summary>
    public MapDataset ReduceImage(EventObservation observation, SkyGrid image, ObservationRange range) => DatasetReducer.Reduce(
        observation, new ReductionTarget(image, _survey.Energy, _survey.EnergyTrue, null, null), range, _options, onlySafe: true,
        KnownOf(observation));

    private ReductionTarget TargetOn(SkyGrid image, MapDataset? template) => template is { Psf: not null, Edisp: not null }
        ? ReductionTarget.Of(StackGeometry.Covering(image, template))
        : ReductionTarget.Of(
            image, _survey.Energy, _survey.EnergyTrue, ReductionTarget.RadUpTo(_survey.Definition.Events!.PsfRadiusDeg), ResponsePixelDeg);

    /// <summary>A fifth of the field's radius, but not less than the default: a wide field has responses that vary more slowly.</summary>
    private double ResponsePixelDeg => Math.Max(ReductionTarget.ResponsePixelDeg, RadiusDeg / 5);
}
