using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Resampling;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// The same events, binned on the survey's grid, and binned on a tilted grid in another frame and projection and then resampled. Figures in
/// internals/resampling.md.
/// </summary>
public sealed class ResamplingErrorTests(ITestOutputHelper output)
{
    /// <summary>Of the PSF in degrees: the counts have the width that the kernel expects at all energies.</summary>
    private const double SigmaDeg = 0.1;

    private static readonly SkyGrid Irfs = new(
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(30, 0, SkyFrame.Galactic), 4.5, 4.5, -1, 1), 8, 8);

    private static readonly SkyPosition Centre = new(30, 0, SkyFrame.Galactic);

    /// <summary>
    /// Pixel sizes of survey and observation, and the largest difference of sqrt(TS) that is expected: of the source, relative, and of all
    /// pixels, root mean square.
    /// </summary>
    public static TheoryData<double, double, double, double> Pixels => new()
    {
        { 0.025, 0.025, 0.03, 0.2 },
        { 0.05, 0.05, 0.03, 0.4 },
        { 0.05, 0.025, 0.02, 0.28 },
        { 0.1, 0.1, 0.08, 1.2 },
    };

    [Theory]
    [MemberData(nameof(Pixels))]
    public void Sqrt_ts_is_that_of_exact_binning_within_a_fraction_of_its_error(
        double surveyDeg, double fileDeg, double ofSource, double ofAll)
    {
        var survey = Grid(SkyFrame.Galactic, Projection.Car, surveyDeg, 3, 0);
        var file = Grid(SkyFrame.Icrs, Projection.Tan, fileDeg, 4.4, 0.37);
        var estimator = new TsMapEstimator(new TsMapOptions { KernelWidthDeg = 0.8 });
        var (squares, count, source, largest) = (0.0, 0, 0.0, 0.0);
        const int skies = 6;
        for (var seed = 1; seed <= skies; seed++)
        {
            var events = Events(seed);
            var exact = SqrtTs(estimator, Binned(survey, events));
            var observed = Binned(file, events);
            var stack = new DatasetStack(survey, observed);
            stack.Add(ResampledDataset.On(survey, observed, MaskedResponses.Of(observed)));
            var resampled = SqrtTs(estimator, stack.ToDataset("resampled"));
            largest += exact.Max() / skies;
            source += (resampled.Max() / exact.Max() - 1) / skies;
            for (var i = 0; i < exact.Length; i++)
            {
                if (!double.IsFinite(exact[i]) || !double.IsFinite(resampled[i])) continue;
                squares += Math.Pow(resampled[i] - exact[i], 2);
                count++;
            }
        }

        var rms = Math.Sqrt(squares / count);
        output.WriteLine(FormattableString.Invariant(
            $"{surveyDeg} deg from {fileDeg} deg: source {largest:0.0}, {source:+0.0000;-0.0000}, rms of {count} pixels {rms:0.000}"));
        Assert.True(Math.Abs(source) < ofSource, $"the source's sqrt(TS) changes by {source}");
        Assert.True(rms < ofAll, $"sqrt(TS) changes by {rms}");
    }

    private static double[] SqrtTs(TsMapEstimator estimator, MapDataset dataset) => estimator.Run([dataset]).Find("sqrt_ts")!.Data;

    private static SkyGrid Grid(SkyFrame frame, Projection projection, double pixelDeg, double sideDeg, double offset)
    {
        var pixels = (int)(sideDeg / pixelDeg) | 1;
        return new SkyGrid(Wcs.Create(frame, projection, Centre.To(frame), pixels / 2 + 1 + offset, pixels / 2 + 1 - offset, -pixelDeg,
            pixelDeg), pixels, pixels);
    }

    /// <summary>Flat background over 5 x 5 degrees and one source in its middle.</summary>
    private static List<(SkyPosition Position, int Bin)> Events(int seed)
    {
        var random = new Random(seed);
        var events = new List<(SkyPosition, int)>();
        for (var i = 0; i < 25_000; i++)
            events.Add((new SkyPosition(Centre.LonDeg + 5 * random.NextDouble() - 2.5, 5 * random.NextDouble() - 2.5, SkyFrame.Galactic),
                random.Next(Samples.Energy.BinCount)));
        for (var i = 0; i < 120; i++)
        {
            var (radius, angle) = (SigmaDeg * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), 2 * Math.PI * random.NextDouble());
            events.Add((new SkyPosition(Centre.LonDeg + 0.013 + radius * Math.Cos(angle), 0.007 + radius * Math.Sin(angle),
                SkyFrame.Galactic), random.Next(Samples.Energy.BinCount)));
        }

        return events;
    }

    private static MapDataset Binned(SkyGrid grid, List<(SkyPosition Position, int Bin)> events)
    {
        var cube = new MapGeometry(grid, Samples.Energy);
        var counts = new Map<double>(cube);
        foreach (var (position, bin) in events)
            if (grid.TryPixelOf(position, out int x, out int y)) counts.Data[bin * cube.PlaneLength + y * grid.Width + x]++;
        var perPixel = 1000 * grid.PixelScaleDeg * grid.PixelScaleDeg / Samples.Energy.BinCount;
        return new MapDataset
        {
            Name = "events",
            Counts = counts,
            Background = new Map<double>(cube, [.. Enumerable.Repeat(perPixel, cube.Count)]),
            Exposure = Filled(new MapGeometry(grid, Samples.EnergyTrue), 1e10),
            Psf = new PsfMap(Samples.Psf(Irfs), Filled(new MapGeometry(Irfs, Samples.Rad.Squash(), Samples.EnergyTrue), 1e10)),
            Edisp = new EdispMap(
                Samples.Kernel(Irfs), Filled(new MapGeometry(Irfs, Samples.Energy.Squash(), Samples.EnergyTrue), 1e10)),
        };
    }

    private static Map<double> Filled(MapGeometry geometry, double value) =>
        new(geometry, [.. Enumerable.Repeat(value, geometry.Count)], "m2 s");
}
