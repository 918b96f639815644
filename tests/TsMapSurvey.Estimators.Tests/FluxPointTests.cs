using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Estimators.Tests;

public sealed class FluxPointTests
{
    private static readonly TsMapOptions Options = new()
    {
        KernelWidthDeg = 0.9,
        AllEnergyBins = true,
        Selection = TsMapSelection.Ul | TsMapSelection.ErrnErrp,
        Model = new SkyModel(new PointSource(), new PowerLaw(2.4, 3e-13, 2)),
        Rtol = 1e-6,
    };

    [Fact]
    public void Points_are_the_maps_values_at_the_pixel()
    {
        MapDataset[] datasets = [Samples.Observation(1), Samples.Observation(2)];
        var maps = new TsMapEstimator(Options).Run(datasets);
        var points = FluxPointEstimator.Run(datasets, datasets[0].Grid.PixelCentre(18, 12)!.Value.To(SkyFrame.Icrs), Options);
        Assert.Equal((1, 1, 3), (points.Geometry.Width, points.Geometry.Height, points.Geometry.PlaneCount));
        foreach (var name in maps.Quantities.Except(["niter"]))
            for (var bin = 0; bin < 3; bin++)
                Assert.Equal(maps.Find(name)![bin, 12, 18], points.Find(name)![bin, 0, 0], 1e-9 * Math.Abs(maps.Find(name)![bin, 12, 18]));
    }

    [Fact]
    public void Points_are_those_of_the_position_and_change_steadily_with_it()
    {
        MapDataset[] datasets = [Samples.Observation(1), Samples.Observation(2)];
        FluxMaps At(double x)
        {
            Assert.True(datasets[0].Grid.Wcs.TryPixelToSky(x, 12, out var lon, out var lat));
            return FluxPointEstimator.Run(datasets, new SkyPosition(lon, lat, SkyFrame.Galactic).To(SkyFrame.Icrs), Options);
        }

        var (centre, beside, further) = (At(18), At(18.001), At(18.3));
        for (var bin = 0; bin < 3; bin++)
        {
            var (norm, error) = (centre.Find("norm")![bin, 0, 0], centre.Find("norm_err")![bin, 0, 0]);
            Assert.Equal(norm, beside.Find("norm")![bin, 0, 0], 0.01 * error);
            Assert.NotEqual(norm, further.Find("norm")![bin, 0, 0], 0.02 * error);
        }

        Assert.True(further.Geometry.Grid!.TryPixelOf(further.Geometry.Grid.Centre, out int x, out int y));
        Assert.Equal((0, 0), (x, y));
        Assert.True(datasets[0].Grid.TryPixelOf(further.Geometry.Grid.Centre, out double column, out double row));
        Assert.Equal((18.3, 12), (Math.Round(column, 6), Math.Round(row, 6)));
    }

    [Fact]
    public void Counts_are_those_under_the_kernel()
    {
        var dataset = Samples.Observation(masked: false);
        var points = FluxPointEstimator.Run([dataset], dataset.Grid.PixelCentre(20, 15)!.Value, Options);
        for (var bin = 0; bin < 3; bin++)
        {
            // 0.9 degrees of 0.1 degree pixels: nine.
            var expected = 0.0;
            for (var y = 11; y <= 19; y++)
                for (var x = 16; x <= 24; x++) expected += dataset.Counts![bin, y, x];
            Assert.Equal(expected, points.Find("counts")![bin, 0, 0]);
        }
    }

    [Fact]
    public void A_bin_without_data_is_nan_and_the_others_stand()
    {
        var dataset = Samples.Observation(masked: false);
        var mask = new Map<bool>(dataset.Counts!.Geometry);
        for (var i = 0; i < mask.Data.Length; i++) mask.Data[i] = i / mask.Geometry.PlaneLength != 1;
        var points = FluxPointEstimator.Run([dataset with { MaskSafe = mask }], dataset.Grid.PixelCentre(20, 15)!.Value, Options);
        Assert.Equal([true, false, true], points.Find("dnde")!.Data.Select(double.IsFinite));
        Assert.Equal([1, 0, 1], points.Find("success")!.Data);
    }

    [Fact]
    public void A_position_outside_or_masked_is_an_error_that_says_so()
    {
        var dataset = Samples.Observation();
        var outside =
            Assert.Throws<MapException>(() => FluxPointEstimator.Run([dataset], new SkyPosition(120, 60, SkyFrame.Icrs), Options));
        Assert.Contains("is outside the image of obs-1", outside.Message, StringComparison.Ordinal);
        var masked = Assert.Throws<MapException>(() => FluxPointEstimator.Run([dataset], dataset.Grid.PixelCentre(0, 0)!.Value, Options));
        Assert.Contains("(pixel 0, 0) of obs-1: found no unmasked energy bin", masked.Message, StringComparison.Ordinal);
        Assert.Equal((MapError.BadPosition, MapError.BadPosition), (outside.Error, masked.Error));
    }

    [Theory]
    [InlineData("points.ecsv", "dnde", 3)]
    [InlineData("points.ecsv", "likelihood", 3)]
    [InlineData("points.fits", "dnde", 3)]
    [InlineData("points.fits", "dnde", 1)]
    public void Gammapy_reads_them(string name, string type, int bins)
    {
        using var folder = new GammapyFolder();
        var dataset = Samples.Observation();
        var points = FluxPointEstimator.Run([dataset], dataset.Grid.PixelCentre(20, 15)!.Value, Options with { AllEnergyBins = bins == 3 });
        TableFile.Write(folder.File(name), FluxPointTable.Of(points, "obs-1"), TableFile.FormatOf(name, "--out"));
        File.WriteAllText(folder.File("read.py"), $"""
            from gammapy.estimators import FluxPoints
            points = FluxPoints.read("{folder.Inside}/{name}", sed_type="{type}")
            assert "{type}" != "dnde" or FluxPoints.read("{folder.Inside}/{name}").sed_type_init == "dnde"
            assert points.n_sigma_ul == 2
            for bin in range({bins}):
                value = lambda quantity, unit: repr(float(getattr(points, quantity).quantity[bin, 0, 0].to_value(unit)))
                print("point", value("dnde", "cm-2 s-1 TeV-1"), value("dnde_errn", "cm-2 s-1 TeV-1"), value("dnde_ul", "cm-2 s-1 TeV-1"),
                    value("sqrt_ts", ""), repr(float(points.counts.data[bin].sum())),
                      repr(float(points.energy_ref[bin].to_value("TeV"))), repr(float(points.energy_max[bin].to_value("TeV"))))
            """);
        var result = folder.Run($"{folder.Inside}/read.py");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        double[][] theirs = [.. result.Output.Split('\n').Where(line => line.StartsWith("point ", StringComparison.Ordinal))
            .Select(line => line.Split(' ').Skip(1).Select(Number).ToArray())];
        Assert.Equal(bins, theirs.Length);
        var edges = points.Geometry.Axes[0].Edges;
        for (var bin = 0; bin < bins; bin++)
        {
            double[] ours = [.. new[] { "dnde", "dnde_errn", "dnde_ul", "sqrt_ts", "counts" }.Select(
                quantity => points.Find(quantity)!.Data[bin]), Math.Sqrt(edges[bin] * edges[bin + 1]), edges[bin + 1]];
            foreach (var (own, read) in ours.Zip(theirs[bin])) Assert.Equal(own, read, 1e-6 * Math.Abs(own));
        }
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
