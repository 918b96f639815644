using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Healpix;
using TsMapSurvey.Maps.Resampling;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Tests;

/// <summary>What given maps become on an image.</summary>
public sealed class GivenReductionTests
{
    private static readonly SkyGrid Tilted = new(
        Wcs.Create(SkyFrame.Icrs, Projection.Tan, new SkyPosition(10, 20, SkyFrame.Galactic).To(SkyFrame.Icrs), 30.5, 30.5, -0.3, 0.3),
        60, 60);

    [Fact]
    public void Expected_events_of_whole_pixels_are_shared_in_equal_parts()
    {
        var source = new GivenFiles().Fill().Counts;
        var shared = SharedCounts.On(GivenFiles.Image, source);
        for (var k = 0; k < 8; k++)
            for (var y = 0; y < 16; y++)
                for (var x = 0; x < 20; x++) Assert.Equal(source[k, y / 2, x / 2] / 4, shared[k, y, x], 1e-9);
    }

    [Fact]
    public void Expected_events_keep_their_sum_on_a_tilted_image_and_are_unknown_outside()
    {
        var source = new GivenFiles().Fill().Counts;
        var shared = SharedCounts.On(Tilted, source);
        for (var k = 0; k < 8; k++)
        {
            var sum = 0.0;
            foreach (var value in shared.Plane(k)) sum += double.IsNaN(value) ? 0 : value;
            // Parts at the border lie in pixels whose centre is outside.
            Assert.InRange(sum / source.Plane(k).ToArray().Sum(), 0.9, 1);
        }

        Assert.Contains(shared.Data, double.IsNaN);
        var all = new Map<double>(new MapGeometry(WholeSky, source.Geometry.Axes[0]));
        Array.Fill(all.Data, 1);
        Assert.DoesNotContain(SharedCounts.On(Tilted, all).Data, double.IsNaN);
    }

    [Fact]
    public void Expected_events_on_cells_keep_their_sum()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 12 * 64).Select(_ => random.NextDouble())];
        var cells = new HealpixMap(3, SkyFrame.Galactic, [MapAxis.EnergyBins("energy", 1, 10, 1)], null, values, "");
        Assert.Equal(values.Sum(), SharedCounts.On(WholeSky, cells).Data.Sum(), 1e-9 * values.Sum());
    }

    [Fact]
    public void Pixels_on_both_sides_of_a_repeating_border_are_shared()
    {
        var source = new Map<double>(new MapGeometry(WholeSky, MapAxis.EnergyBins("energy", 1, 10, 1)));
        Array.Fill(source.Data, 1);
        var across = new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(180, 0, SkyFrame.Galactic), 10.5, 5.5, -1, 1), 20, 10);
        Assert.All(SharedCounts.On(across, source).Data, value => Assert.Equal(1 / 16.0, value, 1e-9));
    }

    [Fact]
    public void Exposure_between_nodes_follows_a_power_law_and_a_part_has_its_share()
    {
        var files = new GivenFiles().Fill();
        double[] nodesMeV = [5e3, 5e4, 2e6];
        foreach (var column in files.Exposure.Columns.ToArray()) files.Exposure.Drop(column.Name);
        foreach (var (node, i) in nodesMeV.Select((node, i) => (node, i)))
            files.Exposure.Columns.Add(Fits.FitsTableColumn.Doubles($"ENERGY{i + 1}",
                [.. Enumerable.Repeat(1e11 * Math.Pow(node / 1e4, 0.4), 12 * GivenFiles.Side * GivenFiles.Side)]));
        files.Energies = GivenFiles.Table("ENERGIES", ("Energy", nodesMeV, "MeV"));
        var dataset = GivenReductions.Reduce(files, GivenReductions.Target, 4 * GivenFiles.GoodTimeS, "flux.fits", "counts.fits");
        for (var j = 0; j < GivenFiles.NodesMeV.Length; j++)
            Assert.Equal(0.25 * 1e7 * Math.Pow(GivenFiles.NodesMeV[j] / 1e4, 0.4), dataset.Exposure![j, 3, 4], 1e-3);
        var whole = GivenReductions.Reduce(files, "flux.fits", "counts.fits");
        var fourTimes = dataset.Background! with { Data = [.. dataset.Background!.Data.Select(part => 4 * part)] };
        Reductions.AssertClose(whole.Background!, fourTimes, 1e-12);
        Assert.Equal(whole.Counts!.Data, dataset.Counts!.Data);
    }

    [Fact]
    public void A_power_law_times_a_power_law_is_integrated_exactly()
    {
        var files = new GivenFiles();
        for (var i = 0; i < files.Flux.Data.Length; i++)
            files.Flux.Data[i] = 1e-9 * Math.Pow(files.Flux.Geometry.Axes[0].Centers[i / files.Flux.Geometry.PlaneLength] / 0.01, -2.4);
        foreach (var column in files.Exposure.Columns.ToArray()) files.Exposure.Drop(column.Name);
        foreach (var (node, i) in GivenFiles.NodesMeV.Select((node, i) => (node, i)))
            files.Exposure.Columns.Add(Fits.FitsTableColumn.Doubles($"ENERGY{i + 1}",
                [.. Enumerable.Repeat(1e11 * Math.Pow(node / 1e4, 0.4), 12 * GivenFiles.Side * GivenFiles.Side)]));
        var background = GivenReductions.Reduce(files, "flux.fits").Background!;
        var edges = GivenFiles.Energy.Edges;
        for (var k = 0; k < 4; k++)
        {
            // In MeV from 10 GeV: 1e-9 * 1e11 * (E / 1e4)^-2.
            var expected = 100 * 1e4 * (0.01 / edges[k] - 0.01 / edges[k + 1]) * GivenFiles.Image.SolidAngleSr(4, 3);
            Assert.Equal(expected, background[k, 3, 4], 1e-6 * expected);
        }
    }

    [Fact]
    public void A_pixel_outside_of_the_background_is_not_safe_and_has_none()
    {
        var files = new GivenFiles().Fill();
        var half = files.Counts.Geometry.Grid!.Cutout(0, 0, 5, 8);
        files.Counts = new Map<double>(new MapGeometry(half, files.Counts.Geometry.Axes[0]));
        Array.Fill(files.Counts.Data, 1);
        var dataset = GivenReductions.Reduce(files, "counts.fits");
        for (var x = 0; x < 20; x++)
            Assert.Equal((x < 10, x < 10 ? 0.5 : 0), (dataset.MaskSafe![0, 5, x], Math.Round(dataset.Background![0, 5, x], 9)));
    }

    [Fact]
    public void All_energy_is_measured_exactly_and_only_good_time_counts()
    {
        var dataset = GivenReductions.Reduce(new GivenFiles().Fill(), "flux.fits");
        var edisp = dataset.Edisp!.Data;
        for (var j = 0; j < 6; j++)
            Assert.InRange(Enumerable.Range(0, 4).Sum(k => edisp[j * 4 + k, 0, 0]), 0, 1 + 1e-12);
        Assert.Equal(1, Enumerable.Range(0, 4).Sum(k => edisp[2 * 4 + k, 0, 0]), 1e-12);
        Assert.Equal(GivenFiles.GoodTimeS, dataset.Gti!.TotalS, 1e-6);
        Assert.Contains("10 of 500 events", Assert.Single(dataset.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Responses_without_an_image_have_the_exposure_in_the_middle()
    {
        var files = new GivenFiles().Fill();
        var target = GivenReductions.Target with
        {
            Psf = GivenReductions.Target.Psf!.WithGrid(null),
            Edisp = GivenReductions.Target.Edisp!.WithGrid(null),
        };
        var (one, all) = (GivenReductions.Reduce(files, target, null, "flux.fits"), GivenReductions.Reduce(files, "flux.fits"));
        Assert.Equal(all.Exposure![2, 8, 10], one.Psf!.Exposure!.Data[2], 1e-3);
        Assert.Equal(all.Psf!.Density[70, 1, 1], one.Psf.Density.Data[70], 1e-9 * one.Psf.Density.Data[70]);
        Assert.Equal(all.Edisp!.Data[5, 1, 1], one.Edisp!.Data.Data[5]);
    }

    private static SkyGrid WholeSky { get; } = new(
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 45.5, 23, -4, 4), 90, 45);
}
