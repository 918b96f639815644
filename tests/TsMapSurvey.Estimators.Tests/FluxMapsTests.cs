using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

public sealed class FluxMapsTests
{
    private static readonly TsMapOptions Options = new()
    {
        KernelWidthDeg = 0.9,
        Selection = TsMapSelection.Ul,
        EnergyEdgesTeV = [1, 2.2, 10],
        Model = new SkyModel(new GaussianSource(0.1), new PowerLaw(2.4, 3e-13, 2)),
        NSigmaUl = 3,
    };

    private static readonly FluxMaps Maps = new TsMapEstimator(Options).Run([Samples.Observation()]);

    [Fact]
    public void What_is_written_is_read_value_for_value()
    {
        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("alone.fits"), writer => FluxMapsFile.Write(writer, Maps, null));
        using var file = FitsFile.Open(folder.File("alone.fits"));
        var read =
            FluxMapsReader.Read(file, new TsMapOptions { Model = Maps.Model, NSigma = Maps.NSigma, NSigmaUl = Maps.NSigmaUl }, ["told"]);
        Assert.Equal(Maps.Stored, read.Stored);
        Assert.Equal(["told"], read.Warnings);
        foreach (var name in Maps.Quantities)
        {
            Assert.Equal(Maps.Find(name)!.Data, read.Find(name)!.Data);
            Assert.Equal(Maps.Find(name)!.Geometry.Axes[0].Edges, read.Find(name)!.Geometry.Axes[0].Edges);
        }
    }

    [Fact]
    public void A_file_without_a_norm_is_no_flux_maps()
    {
        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("counts.fits"), writer =>
        {
            writer.WriteEmptyPrimary();
            MapWriter.Write(writer, "COUNTS", Maps.Find("ts")!);
        });
        using var file = FitsFile.Open(folder.File("counts.fits"));
        Assert.Contains("counts", Assert.Throws<MapException>(() => FluxMapsReader.Read(file, new TsMapOptions(), [])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Flux_quantities_are_the_norm_times_the_model()
    {
        var (low, high) = (Maps.Geometry.Axes[0].Edges[1], Maps.Geometry.Axes[0].Edges[2]);
        var norm = Maps.Find("norm")![1, 15, 20];
        var reference = Math.Sqrt(low * high);
        double Phi(double energy) => 3e-13 * Math.Pow(energy / 2, -2.4);
        double Integrate(Func<double, double> function) =>
            Enumerable.Range(0, 100000).Sum(i => function(low + (i + 0.5) * (high - low) / 100000)) * (high - low) / 100000;
        Assert.Equal(1, Maps.Find("flux")![1, 15, 20] / (norm * Integrate(Phi)), 6);
        Assert.Equal(1, Maps.Find("eflux")![1, 15, 20] / (norm * Integrate(energy => energy * Phi(energy))), 6);
        Assert.Equal(1, Maps.Find("dnde")![1, 15, 20] / (norm * Phi(reference)), 9);
        Assert.Equal(1, Maps.Find("e2dnde")![1, 15, 20] / (norm * reference * reference * Phi(reference)), 9);
        Assert.Equal(Maps.Find("flux")![1, 15, 20] / norm, Maps.Find("flux_ul")![1, 15, 20] / Maps.Find("norm_ul")![1, 15, 20], 1e-20);
        Assert.Null(Maps.Find("flux_errn"));
        Assert.Null(Maps.Find("nonsense"));
        Assert.Contains("e2dnde_err", Maps.Quantities);
    }

    [Fact]
    public void What_a_tile_does_not_own_is_as_if_it_had_not_been_fitted()
    {
        var box = Maps.Geometry.Grid!.Region.Shift(4, 5);
        bool[] mask = [.. Enumerable.Range(0, (int)box.Area).Select(i => i % 3 == 0)];

        var within = Maps.Within(new OwnedRegion(box, mask));

        Assert.Same(Maps, Maps.Within(new OwnedRegion(box)));
        Assert.Equal((Maps.KernelWidthDeg, Maps.Model), (within.KernelWidthDeg, within.Model));
        Assert.Equal(Maps.Stored, within.Stored);
        foreach (var name in Maps.Stored)
        {
            var elsewhere = name is "success" or "status" ? 0 : double.NaN;
            Assert.Equal(Maps.Find(name)!.Data.Select((value, i) => mask[i % mask.Length] ? value : elsewhere), within.Find(name)!.Data);
        }

        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("cell.fits"), writer => FluxMapsFile.Write(writer, within, null));
    }

    [Fact]
    public void The_sign_of_sqrt_ts_is_that_of_the_norm()
    {
        var (sqrtTs, ts, norm) = (Maps.Find("sqrt_ts")!.Data, Maps.Find("ts")!.Data, Maps.Find("norm")!.Data);
        for (var i = 0; i < ts.Length; i++)
        {
            if (double.IsNaN(norm[i])) continue;
            Assert.Equal(Math.Max(ts[i], 0), sqrtTs[i] * sqrtTs[i], 1e-9 * Math.Max(1, ts[i]));
            Assert.True(norm[i] > 0 ? sqrtTs[i] >= 0 : sqrtTs[i] <= 0);
        }
    }

    [Fact]
    public void Files_pass_the_verifier_of_the_fits_office()
    {
        using var folder = new TemporaryFolder();
        FluxMapsFile.Write(folder.File("maps.fits"), Maps);
        MapDatasetFile.Write(folder.File("dataset.fits"), Samples.Observation(edispMap: true));
        foreach (var file in new[] { "maps.fits", "dataset.fits" })
        {
            var result = Tools.Run(Tools.Need("fitsverify", "apt-get install fitsverify"), [folder.File(file)]);
            Assert.Contains("found 0 warning(s) and 0 error(s)", result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_quantity_is_written_by_its_name_with_its_bands()
    {
        using var folder = new TemporaryFolder();
        FluxMapsFile.Write(folder.File("maps.fits.gz"), Maps);
        using var file = FitsFile.Open(folder.File("maps.fits.gz"));
        Assert.Equal("likelihood", file.Hdus[0].Header.GetString("SED_TYPE"));
        Assert.EndsWith("maps.fits.gz_model.yaml", file.Hdus[0].Header.GetString("MODEL"), StringComparison.Ordinal);
        Assert.Equal(3, file.Hdus[0].Header.GetDouble("N_SIG_UL"));
        foreach (var name in Maps.Stored)
        {
            var read = MapReader.Read(file, file.Find(name.ToUpperInvariant())!);
            Assert.Equal(Maps.Find(name)!.Data, read.Data);
        }

        Assert.Contains("GaussianSpatialModel", File.ReadAllText(folder.File("maps.fits.gz_model.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_is_named_by_its_full_path_so_that_gammapy_finds_it_from_any_folder()
    {
        using var folder = new TemporaryFolder();
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, folder.File("maps.fits"));
        FluxMapsFile.Write(relative, Maps);
        using (var writer = new FluxMapsWriter($"{relative}.gz", Maps.Geometry, Maps))
        {
            writer.Write(0, Maps);
            writer.Complete(TestContext.Current.CancellationToken);
        }

        foreach (var name in new[] { "maps.fits", "maps.fits.gz" })
        {
            using var file = FitsFile.Open(folder.File(name));
            Assert.Equal(
                folder.File($"{name}_model.yaml").Replace(Path.DirectorySeparatorChar, '/'), file.Hdus[0].Header.GetString("MODEL"));
            Assert.True(File.Exists(folder.File($"{name}_model.yaml")));
        }
    }

    [Fact]
    public void A_file_without_a_model_path_carries_the_model_in_its_header()
    {
        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("alone.fits"), writer => FluxMapsFile.Write(writer, Maps, null));
        using var file = FitsFile.Open(folder.File("alone.fits"));
        Assert.Null(file.Hdus[0].Header.GetString("MODEL"));
        var yaml = string.Join('\n', file.Hdus[0].Header.Where(card => card.Keyword == "COMMENT").Skip(1).Select(card => card.Value))
            + "\n";
        Assert.Equal(SkyModelYaml.Write(Maps.Model), yaml);
    }

    [Fact]
    [Trait("Pace", "slow")]
    public void Gammapy_reads_our_maps_and_our_datasets()
    {
        using var folder = new GammapyFolder();
        FluxMapsFile.Write(folder.File("maps.fits"), Maps);
        FitsWriter.Write(folder.File("inside.fits"), file => FluxMapsFile.Write(file, Maps, $"{folder.Inside}/maps.fits_model.yaml"));

        FitsWriter.Write(folder.File("alone.fits"), file => FluxMapsFile.Write(file, Maps, null));
        MapDatasetFile.Write(folder.File("dataset.fits.gz"), Samples.Observation());
        File.WriteAllText(folder.File("read.py"), $"""
            import numpy as np
            from gammapy.datasets import MapDataset
            from gammapy.estimators import FluxMaps
            maps = FluxMaps.read("{folder.Inside}/inside.fits")
            print("flux", repr(float(maps.flux.data[1, 15, 20])), repr(float(maps.flux_ul.data[1, 15, 20])))
            dataset = MapDataset.read("{folder.Inside}/dataset.fits.gz")
            alone = FluxMaps.read("{folder.Inside}/alone.fits")
            assert alone.norm.data.shape == maps.norm.data.shape and alone.sqrt_ts.data[1, 15, 20] == maps.sqrt_ts.data[1, 15, 20]
            print("counts", dataset.counts.data.sum(), dataset.gti.time_sum.to_value("s"), dataset.psf.psf_map.unit,
                dataset.mask_safe.data.sum(), type(dataset.edisp).__name__)
            """);
        var result = GammapyFolder.Run([$"{folder.Inside}/read.py"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var words = result.Output.Split(' ', '\n');
        Assert.Equal(1, double.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) / (Maps.Find("flux")![1, 15, 20] * 1), 6);
        Assert.Contains($"counts {Samples.Observation().Counts!.Data.Sum():0.0} ", result.Output, StringComparison.Ordinal);
        Assert.Equal(600, double.Parse(words[5], System.Globalization.CultureInfo.InvariantCulture), 1e-3);
        Assert.Contains("EDispKernelMap", result.Output, StringComparison.Ordinal);
    }
}
