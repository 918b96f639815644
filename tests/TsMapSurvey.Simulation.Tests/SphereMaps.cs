using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Simulation.Events;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation.Tests;

/// <summary>
/// The source candidates of a simulated year, found cell by cell on one small image each: counts by the events' pixels, and the responses
/// from the instrument's formulas, not from tables of files.
/// </summary>
internal sealed class SphereMaps(EventSurvey year, Survey survey)
{
    public const int Order = 3;
    public const double PixelDeg = 0.2;

    private const double IrfPixelDeg = 4;
    private const double SeparationDeg = 1;

    private readonly SimulatedEvents[] _observations = [.. Enumerable.Range(0, year.Pointings.Count).Select(year.Observe)];

    private TsMapOptions Options => survey.Maps.Values.First();

    public IReadOnlyList<DetectedPeak> Peaks(double minSqrtTs) =>
        Peaks(Enumerable.Range(0, (int)HealpixCell.Count(Order)).Select(index => new HealpixCell(Order, index)), minSqrtTs);

    public IReadOnlyList<DetectedPeak> Peaks(IEnumerable<HealpixCell> cells, double minSqrtTs)
    {
        var found = new List<DetectedPeak>();
        Parallel.ForEach(cells, new ParallelOptions { MaxDegreeOfParallelism = 2 }, cell =>
        {
            var peaks = PeaksOf(cell, minSqrtTs);
            lock (found) found.AddRange(peaks);
        });
        // Peaks near a border are found on the images of both cells, at positions that differ slightly.
        return [.. PeakFinder.Separate(found.OrderByDescending(peak => peak.SqrtTs), peak => (peak.Position, 0), SeparationDeg)
            .Select(kept => kept.Item)];
    }

    private List<DetectedPeak> PeaksOf(HealpixCell cell, double minSqrtTs)
    {
        var grid = ImageOf(cell, (int)Math.Ceiling(Options.KernelWidthDeg!.Value / 2 / PixelDeg) + 1);
        var irfGrid = new SkyGrid(
            Wcs.Create(SkyFrame.Icrs, Projection.Tan, cell.Centre, 2, 2, -IrfPixelDeg, IrfPixelDeg), 3, 3);
        var halfDiagonalDeg = Math.Max(grid.Width, grid.Height) * PixelDeg * 0.75;
        DatasetStack? stack = null;
        foreach (var observation in _observations)
        {
            if (cell.Centre.SeparationDeg(observation.Pointing.Position) > Instrument.WideField.MaxOffsetDeg + halfDiagonalDeg) continue;
            var dataset = ResponseMaps.Create(
                Instrument.WideField, observation.Pointing, grid, irfGrid, survey.Energy, survey.EnergyTrue, observation.Name);
            dataset = dataset with { Counts = Counts(observation, dataset.Geometry) };
            (stack ??= new DatasetStack(grid, dataset)).Add(dataset);
        }

        if (stack is null) return [];
        var maps = new TsMapEstimator(Options with { NJobs = 1 }).Run([stack.ToDataset(cell.ToString())]);
        return [.. PeakFinder.Find(maps, new PeakOptions { MinSqrtTs = minSqrtTs, MinSeparationDeg = SeparationDeg })
            .Where(peak => !peak.AtEdge)
            .Select(peak => new DetectedPeak(peak.Position, peak.SqrtTs)
            {
                ErrorDeg = peak.Error.RadiusDeg,
                Flux = peak.Flux,
                FluxError = peak.FluxErr,
            })];
    }

    /// <summary>An image around a cell with a border of some pixels.</summary>
    private static SkyGrid ImageOf(HealpixCell cell, int border)
    {
        var wcs = Wcs.Create(SkyFrame.Icrs, Projection.Tan, cell.Centre, 1, 1, -PixelDeg, PixelDeg);
        var half = 0.0;
        for (var i = 0; i <= 8; i++)
            foreach (var (x, y) in new[] { (i / 8.0, 0.0), (i / 8.0, 1.0), (0.0, i / 8.0), (1.0, i / 8.0) })
            {
                var (lon, lat, _) = cell.PositionAt(x, y);
                Assert.True(wcs.TrySkyToPixel(lon, lat, out var column, out var row));
                half = Math.Max(half, Math.Max(Math.Abs(column), Math.Abs(row)));
            }

        var size = (int)Math.Ceiling(half) + border;
        return new SkyGrid(wcs, 1, 1).Cutout(-size, -size, 2 * size + 1, 2 * size + 1);
    }

    private static Map<double> Counts(SimulatedEvents observation, MapGeometry geometry)
    {
        var counts = new Map<double>(geometry);
        var axis = geometry.Axis("energy");
        foreach (var one in observation.Events)
        {
            var bin = Array.FindLastIndex(axis.Edges, edge => edge <= one.EnergyTeV);
            if (bin < 0 || bin >= axis.BinCount) continue;
            if (geometry.Grid!.TryPixelOf(new SkyPosition(one.RaDeg, one.DecDeg, SkyFrame.Icrs), out int x, out int y))
                counts.Plane(bin)[y * geometry.Width + x]++;
        }

        return counts;
    }
}
