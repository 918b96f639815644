using System.Text.Json;
using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Estimators.Tests.Reference;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>All-sky datasets in every projection, whose corners mostly have no sky.</summary>
public sealed class ProjectionTests
{
    private static readonly TsMapOptions Options = new()
    {
        KernelWidthDeg = 30,
        Rtol = 1e-9,
        NJobs = 1,
        Selection = TsMapSelection.Ul,
        Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-12)),
    };

    private static readonly SkyModel[] Known =
    [
        new(new GaussianSource(3), new PowerLaw(2.2, 1e-12)) { Name = "wide", Position = new SkyPosition(50, -10, SkyFrame.Galactic) },
        new(new PointSource(), new PowerLaw(2.2, 1e-12)) { Name = "point", Position = new SkyPosition(12.3, -41.7, SkyFrame.Galactic) },
    ];

    public static TheoryData<Projection> All => [.. Enum.GetValues<Projection>()];

    public static TheoryData<Projection> WithReference => [.. Enum.GetValues<Projection>().Except([Projection.Car, Projection.Tan])];

    [Theory]
    [MemberData(nameof(WithReference))]
    public void An_all_sky_dataset_has_gammapys_maps(Projection projection)
    {
        var (grid, gammapy) = (ProjectionSamples.Grid(projection), Gammapy(projection));
        var maps = new TsMapEstimator(Options).Run([ProjectionSamples.Dataset(projection)]);
        var compared = 0;
        foreach (var (index, x, y) in Stored(grid))
        {
            Assert.Equal(gammapy["ts"][index] is null, double.IsNaN(maps.Find("ts")![0, y, x]));
            if (gammapy["ts"][index] is null) continue;
            foreach (var name in gammapy.Keys.Except(["npred"]))
                Close(gammapy[name][index]!.Value, maps.Find(name)![0, y, x], 2e-5, $"{projection}: {name} of pixel {x}, {y}");
            compared++;
        }

        Assert.True(compared > 35, $"{compared} pixels");
    }

    [Theory]
    [MemberData(nameof(WithReference))]
    public void Known_sources_have_gammapys_counts(Projection projection)
    {
        var (grid, gammapy) = (ProjectionSamples.Grid(projection), Gammapy(projection)["npred"]);
        var npred = BackgroundModels.Counts(ProjectionSamples.Dataset(projection), Known);
        var most = gammapy.Max() ?? 0;
        Assert.True(most > 5);
        foreach (var (index, x, y) in Stored(grid))
            Assert.True(Math.Abs(npred[0, y, x] + npred[1, y, x] - gammapy[index]!.Value) < 1e-4 * most,
                $"{projection}: pixel {x}, {y} has {npred[0, y, x] + npred[1, y, x]}, not {gammapy[index]}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_projection_is_fitted_as_the_naive_estimator_does_it(Projection projection)
    {
        var dataset = ProjectionSamples.Dataset(projection);
        var (maps, naive) = (new TsMapEstimator(Options).Run([dataset]), new NaiveEstimator(Options, dataset));
        for (var y = 1; y < dataset.Grid.Height; y += 7)
            for (var x = 0; x < dataset.Grid.Width; x += 9)
            {
                var pixel = naive.At(x, y);
                Assert.Equal(dataset.Grid.HasSky(x, y), pixel is not null);
                Close(pixel?.Norm ?? double.NaN, maps.Find("norm")![0, y, x], 1e-7, $"norm of {x}, {y}");
                Close(pixel?.Ts ?? double.NaN, maps.Find("ts")![0, y, x], 1e-7, $"ts of {x}, {y}");
            }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_lies_in_pixels_without_sky_changes_nothing(Projection projection)
    {
        var clean = new TsMapEstimator(Options).Run([ProjectionSamples.Dataset(projection)]);
        var littered = new TsMapEstimator(Options).Run([ProjectionSamples.Dataset(projection, skyless: 3)]);
        foreach (var name in clean.Stored) Assert.Equal(clean.Find(name)!.Data, littered.Find(name)!.Data);
        var without = new TsMapEstimator(Options).Run([ProjectionSamples.Dataset(projection, skyless: double.NaN)]);
        Assert.Equal(clean.Find("ts")!.Data, without.Find("ts")!.Data);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Datasets_and_maps_are_stacked_written_read_and_searched(Projection projection)
    {
        using var folder = new TemporaryFolder();
        var dataset = ProjectionSamples.Dataset(projection);
        MapDatasetFile.Write(folder.File("d.fits.gz"), dataset, FitsElementType.Double);
        var read = MapDatasetFile.Read(folder.File("d.fits.gz"));
        Assert.Equal(dataset.Grid, read.Grid);
        Assert.Equal(dataset.Counts!.Data, read.Counts!.Data);

        var stack = new DatasetStack(StackGeometry.Covering(dataset.Grid, dataset));
        stack.Add(dataset);
        stack.Add(read with { Name = "again" });
        var stacked = stack.ToDataset("two");
        Assert.Equal(dataset.Counts.Data.Select(value => 2 * value), stacked.Counts!.Data);

        var maps = new TsMapEstimator(Options).Run([stacked]);
        FluxMapsFile.Write(folder.File("m.fits"), maps);
        var peak = PeakFinder.Find(FluxMapsFile.Read(folder.File("m.fits")), new PeakOptions { MinSqrtTs = 6 })[0];
        Assert.True(peak.X is >= 39 and < 43 && peak.Y is >= 22 and < 25, $"{peak}");
        Assert.True(dataset.Grid.PixelCentre(peak.X, peak.Y)!.Value.SeparationDeg(peak.Position) < 6);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_template_keeps_its_integral_and_its_place(Projection projection)
    {
        var place = new SkyPosition(312, 41, SkyFrame.Galactic);
        var own = new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, projection, new SkyPosition(311, 40, SkyFrame.Galactic), 30.5, 30.5, -0.2, 0.2), 60, 60);
        var image = new Map<double>(new MapGeometry(own));
        for (var i = 0; i < image.Data.Length; i++)
            image.Data[i] = Math.Exp(-Math.Pow(own.PixelCentre(i % 60, i / 60)!.Value.SeparationDeg(place), 2) / 2);
        var template = TemplateImage.Create(image, "template");
        var seen = new SkyGrid(Wcs.Create(SkyFrame.Icrs, Projection.Tan, place, 61, 61, -0.1, 0.1), 121, 121);
        var found = SourceImage.Create(template, SkyFrame.Galactic, seen, own.Centre);
        Assert.Equal(1, found.Sum(), 0.01);
        var (x, y) = (found.Select((value, i) => value * (i % 121)).Sum() / found.Sum(), found.Select((value, i) => value * (i / 121))
            .Sum() / found.Sum());
        Assert.Equal(60, x, 0.1);
        Assert.Equal(60, y, 0.1);
    }

    /// <summary>Templates of Fermi-LAT's extended sources, and where the sources are in Galactic coordinates.</summary>
    [Theory]
    [InlineData("CygnusLoop", Projection.Arc, 74.0, -8.5)]
    [InlineData("RCW86", Projection.Sfl, 315.1, -2.3)]
    [InlineData("W44", Projection.Ait, 34.65, -0.39)]
    public void Published_templates_are_where_their_sources_are(string name, Projection projection, double lonDeg, double latDeg)
    {
        using var file = FitsFile.Open(Shared.Path("faults", "11-fermi-templates-refused", $"{name}.fits.gz"));
        var grid = MapReader.Read(file, file.Hdus.OfType<FitsImage>().First(image => image.Axes.Length >= 2)).Geometry.Grid!;
        Assert.Equal(projection, grid.Wcs.Projection);
        Assert.InRange(grid.Centre.SeparationDeg(new SkyPosition(lonDeg, latDeg, SkyFrame.Galactic)), 0, 1);
        Assert.True(grid.IsSkyEverywhere);
    }

    [Fact]
    public void A_template_with_light_over_the_rim_of_the_sky_is_finite()
    {
        var rim = ProjectionSamples.Grid(Projection.Ait).Cutout(0, 10, 12, 12);
        var image = new Map<double>(new MapGeometry(rim));
        Array.Fill(image.Data, 1);
        var template = TemplateImage.Create(image, "rim");
        var seen = SourceImage.Create(template, SkyFrame.Galactic, rim, rim.Centre);
        Assert.All(seen, value => Assert.True(double.IsFinite(value)));
        Assert.True(seen.Sum() > 0);

        // And so is a wide source there.
        var wide = SourceImage.Create(new GaussianSource(8), SkyFrame.Galactic, rim, rim.PixelCentre(6, 6)!.Value);
        Assert.All(wide, value => Assert.True(double.IsFinite(value)));
        Assert.True(wide.Sum() > 0.3);
    }

    private static void Close(double expected, double found, double tolerance, string what) => Assert.True(
        double.IsNaN(expected) ? double.IsNaN(found)
            : Math.Abs(expected - found) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {found:r}, expected {expected:r}");

    private static IEnumerable<(int Index, int X, int Y)> Stored(SkyGrid grid)
    {
        var index = 0;
        for (var y = 0; y < grid.Height; y += 4)
            for (var x = 0; x < grid.Width; x += 4)
                yield return (index++, x, y);
    }

    private static Dictionary<string, double?[]> Gammapy(Projection projection)
    {
        using var stream = typeof(ProjectionTests).Assembly.GetManifestResourceStream("projections.json")!;
        using var table = JsonDocument.Parse(stream);
        var numbers = table.RootElement.GetProperty("projections").GetProperty(projection.ToString().ToUpperInvariant());
        return numbers.EnumerateObject().ToDictionary(
            one => one.Name,
            one => one.Value.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())
                .ToArray());
    }
}
