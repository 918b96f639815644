using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Events;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation.Tests;

/// <summary>
/// The source candidates of a year of event files, as a server finds them, but tile by tile in this process: the files are reduced on the
/// tile's image, stacked, and fitted.
/// </summary>
internal sealed class SphereMaps
{
    private const double SeparationDeg = 1;

    private static readonly ParallelOptions TwoThreads = new() { MaxDegreeOfParallelism = 2 };

    private readonly Survey _survey;
    private readonly EventReduction _reduction;
    private readonly EventObservation[] _observations;

    public SphereMaps(EventSurvey year, Survey survey)
    {
        (_survey, _reduction) = (survey, new EventReduction(survey, null));
        _observations = new EventObservation[year.Pointings.Count];
        using var folder = new TemporaryFolder();
        var writer = new EventFileWriter(year.Instrument);
        Parallel.For(0, _observations.Length, TwoThreads, index =>
        {
            var written = year.Observe(index);
            writer.Write(folder.File(written.FileName), written);
            _observations[index] = EventFile.Read(folder.File(written.FileName));
        });
    }

    /// <summary>The peaks of tiles, the highest first; each once, although it may be on the images of several tiles.</summary>
    public IReadOnlyList<DetectedPeak> Peaks(IEnumerable<TileId> tiles, double minSqrtTs)
    {
        var found = new List<DetectedPeak>();
        Parallel.ForEach(tiles, TwoThreads, tile =>
        {
            var peaks = PeaksOf(tile, minSqrtTs);
            lock (found) found.AddRange(peaks);
        });
        return [.. PeakFinder.Separate(found.OrderByDescending(peak => peak.SqrtTs), peak => (peak.Position, 0), SeparationDeg)
            .Select(kept => kept.Item)];
    }

    private List<DetectedPeak> PeaksOf(TileId tile, double minSqrtTs)
    {
        var image = _survey.GridWithHalo(tile);
        var reachDeg = _reduction.RadiusDeg + image.Centre.SeparationDeg(image.PixelCentre(0, 0)!.Value);
        DatasetStack? stack = null;
        foreach (var observation in _observations.Where(one => one.Pointing.SeparationDeg(image.Centre) < reachDeg))
        {
            var dataset = _reduction.Reduce(observation, image, _reduction.RangeOf(observation));
            (stack ??= new DatasetStack(StackGeometry.Of(dataset))).Add(dataset);
        }

        if (stack is null) return [];
        var maps = new TsMapEstimator(_survey.Maps.Values.First() with { NJobs = 1 }).Run([stack.ToDataset(tile.ToString())]);
        return [.. PeakFinder.Find(maps, new PeakOptions { MinSqrtTs = minSqrtTs, MinSeparationDeg = SeparationDeg })
            .Where(peak => !peak.AtEdge && !IsInHalo(peak))
            .Select(peak => new DetectedPeak(peak.Position, peak.SqrtTs)
            {
                ErrorDeg = peak.Error.RadiusDeg,
                Flux = peak.Flux,
                FluxError = peak.FluxErr,
            })];

        // Fits near the image's border miss part of the kernel.
        bool IsInHalo(Peak peak) => !_survey.OwnedPixels(tile).Box.Grow(1).Contains(new PixelRegion(peak.X, peak.Y, 1, 1));
    }
}
