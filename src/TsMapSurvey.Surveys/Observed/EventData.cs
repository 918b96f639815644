using TsMapSurvey.Events;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Observed;

/// <summary>
/// An event list with its responses (DL3): each tile makes its maps on its own work grid. Safe energies and background norm belong to the
/// whole observation and are the same in all tiles.
/// </summary>
public sealed class EventData : IObservedData
{
    private readonly Survey _survey;
    private readonly EventReduction _reduction;
    private readonly EventObservation _observation;
    private readonly ObservationRange _range;

    private EventData(Survey survey, EventReduction reduction, EventObservation observation, ObservationRange range) =>
        (_survey, _reduction, _observation, _range) = (survey, reduction, observation, range);

    /// <summary>Safe energies and background norm.</summary>
    public ObservationRange? Range => _range;

    public string Name => _observation.Place;

    public string? ObservationId => _observation.ObservationId;

    public GoodTimeIntervals? Gti => _observation.Gti;

    public IReadOnlyList<string> Warnings => _observation.Warnings;

    public long Bytes => _observation.ByteSize + _reduction.KeptBytes(_observation);

    /// <summary>The survey's axes and the default response grid, aligned with the grid of the tiles.</summary>
    public MapDataset Template
    {
        get
        {
            var image = _survey.Tiling is IMosaicGrid whole ? whole.Grid : _survey.GridOf(_survey.Tiling.Largest);
            return StackTemplate.Of(_reduction.Reduce(_observation, image.Cutout(0, 0, 1, 1), _range));
        }
    }

    /// <exception cref="Maps.MapException">The file lacks something, no energy is safe, or the background cannot be scaled.</exception>
    /// <exception cref="SurveyException">The survey does not take event lists, or the observation is outside of it.</exception>
    public static EventData Read(FitsFile file, Survey survey)
    {
        var reduction = survey.Events;
        var observation = EventFile.Read(file);
        var read = new EventData(survey, reduction, observation, reduction.RangeOf(observation));
        return read.TilesOf(survey.Tiling, survey.HaloPixels).Count > 0
            ? read : throw SurveyErrors.Of($"observation {read.Name}",
                [SurveyErrors.OutsideSky(observation.Pointing, reduction.RadiusDeg)]);
    }

    /// <summary>Those that may have a pixel in the circle of safe offsets around the pointing.</summary>
    public IReadOnlyList<TileId> TilesOf(ITiling tiling, int haloPixels)
    {
        var field = _reduction.FieldOf(_observation);
        if (tiling is not IMosaicGrid whole
            || whole.Grid.IsAlignedWith(field, out _, out _)) return [.. tiling.Touching(field, haloPixels)];
        // The grid is distorted at the pointing, near a pole of it.
        return [.. tiling.All().Where(tile => tiling.GridWithHalo(tile, haloPixels).BoundingCap() is not { } cap
            || cap.Centre.SeparationDeg(_observation.Pointing) <= cap.RadiusDeg + _reduction.RadiusDeg)];
    }

    public Moc CoverageTo(int order) =>
        ExposureCoverage.Containing(_reduction.ReduceImage(_observation, _reduction.FieldOf(_observation), _range), order);

    public void EnsureFits(MapDataset template)
    {
        var stack = new DatasetStack(_reduction.FieldOf(_observation).Cutout(0, 0, 1, 1), template);
        stack.Add(On(stack.Geometry));
    }

    public MapDataset On(StackGeometry stack) => _reduction.Reduce(_observation, stack, _range);

    /// <summary>The dataset, and the directions of its pixels as seen from the pointing.</summary>
    public double BytesOn(StackGeometry stack) =>
        DatasetBytes.OfStackedDataset(stack) + FieldBytes * ((double)stack.Image.Width * stack.Image.Height);

    /// <summary>Its arrays are its own.</summary>
    public void Recycle(MapArrays arrays)
    {
    }

    /// <summary>Four directions and a solid angle for each pixel.</summary>
    private const double FieldBytes = 5 * sizeof(double);
}
