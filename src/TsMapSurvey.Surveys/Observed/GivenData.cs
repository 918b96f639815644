using TsMapSurvey.Events.Given;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Observed;

/// <summary>
/// An event list without responses: each tile makes its maps on its own work grid with the exposure, backgrounds and PSF that the survey
/// names. It has data wherever there is exposure.
/// </summary>
public sealed class GivenData : IObservedData
{
    /// <summary>A pixel's index and the interpolation between planes.</summary>
    private const double PixelBytes = 64;

    private readonly Survey _survey;
    private readonly GivenObservation _observation;

    private GivenData(Survey survey, GivenObservation observation)
    {
        (_survey, _observation) = (survey, observation);
        // One file of other time than all files is refused before any tile is told.
        survey.Given.ShareOf(observation);
    }

    public string Name => _observation.Place;

    public string? ObservationId => _observation.ObservationId;

    public GoodTimeIntervals? Gti => _observation.Gti;

    public IReadOnlyList<string> Warnings => [.. _observation.Warnings, .. _survey.Given.Maps.Warnings];

    public long Bytes => _observation.ByteSize;

    /// <summary>The survey's axes and the default response grid, aligned with the grid of the tiles. Its name is that of the observation,
    /// by which a survey without <see cref="GivenDefinition.TotalTimeS"/> knows its one event list.</summary>
    public MapDataset Template => StackTemplate.Of(_survey.Given.Reduce(_observation, OnePixel)) with { Name = Name };

    private SkyGrid OnePixel => _survey.Tiling is IMosaicGrid { Grid: var grid }
        ? grid.Cutout(0, 0, 1, 1) : _survey.GridOf(_survey.Tiling.Largest).Cutout(0, 0, 1, 1);

    /// <summary>Whether a file has events without responses, and the survey names the maps that they need.</summary>
    public static bool IsOne(FitsFile file, Survey survey) =>
        survey.Definition.Events?.Given is not null && EventFile.IsOne(file) && !EventFile.HasResponses(file);

    /// <exception cref="Maps.MapException">The file lacks something, or has more good time than all files together.</exception>
    /// <exception cref="SurveyException">The survey does not name the maps, or they are outside of it.</exception>
    public static GivenData Read(FitsFile file, Survey survey)
    {
        var read = new GivenData(survey, EventFile.ReadEvents(file));
        return read.TilesOf(survey.Tiling, survey.HaloPixels).Count > 0
            ? read : throw SurveyErrors.Of($"observation {read.Name}", [SurveyErrors.GivenOutside]);
    }

    public IReadOnlyList<TileId> TilesOf(ITiling tiling, int haloPixels) =>
        [.. tiling.All().Where(tile => _survey.Given.Maps.Cap is not var (centre, radiusDeg)
            || tiling.GridWithHalo(tile, haloPixels).BoundingCap() is not { } cap
            || cap.Centre.SeparationDeg(centre) <= cap.RadiusDeg + radiusDeg)];

    public Moc CoverageTo(int order) => _survey.Given.Maps.Cap is not var (centre, radiusDeg) ? Moc.WholeSky(order)
        : Moc.Around(centre, radiusDeg, order);

    public void EnsureFits(MapDataset template)
    {
        if (!_survey.Given.TakesSeveral && template.Name != Name)
            throw SurveyErrors.Of($"observation {Name}", [SurveyErrors.SecondEventList(template.Name)]);
        var stack = new DatasetStack(OnePixel, template);
        stack.Add(On(stack.Geometry));
    }

    public MapDataset On(StackGeometry stack) => _survey.Given.Reduce(_observation, stack);

    /// <summary>The dataset, and what its pixels take of the maps.</summary>
    public double BytesOn(StackGeometry stack) =>
        DatasetBytes.OfStackedDataset(stack) + PixelBytes * stack.Image.Width * stack.Image.Height;

    /// <summary>Its arrays are its own.</summary>
    public void Recycle(MapArrays arrays)
    {
    }
}
