using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Estimators.Tests;

public sealed class FluxMapsReadTests
{
    private static readonly FluxMaps Maps = new TsMapEstimator(new TsMapOptions
    {
        KernelWidthDeg = 0.9,
        Selection = TsMapSelection.Ul,
        EnergyEdgesTeV = [1, 2.2, 10],
        Model = new SkyModel(new GaussianSource(0.1), new PowerLaw(2.4, 3e-13, 2)),
        NSigmaUl = 3,
    }).Run([Samples.Observation()]);

    [Fact]
    public void What_was_written_is_read_back_with_the_model_beside_it()
    {
        using var folder = new TemporaryFolder();
        FluxMapsFile.Write(folder.File("maps.fits.gz"), Maps);
        Directory.CreateDirectory(folder.File("moved"));
        foreach (var file in Directory.GetFiles(folder.Path)) File.Move(file, folder.File("moved", Path.GetFileName(file)));
        Same(FluxMapsFile.Read(folder.File("moved", "maps.fits.gz")));
    }

    [Fact]
    public void A_model_of_any_kind_comes_back_with_the_maps_beside_them_and_within_them()
    {
        using var folder = new TemporaryFolder();
        foreach (var model in ModelSamples.Shapes.Values.Select(shape => new SkyModel(shape, new PowerLaw()))
            .Concat(ModelSamples.Spectra.Values.Select(spectrum => new SkyModel(new PointSource(), spectrum))))
        {
            var maps =
                new FluxMaps(Maps.Geometry, new Dictionary<string, Map<double>> { ["norm"] = Maps.Find("norm")! }, model, 1, 2, null, []);
            FluxMapsFile.Write(folder.File("beside.fits"), maps);
            FitsWriter.Write(folder.File("alone.fits"), writer => FluxMapsFile.Write(writer, maps, null));
            foreach (var read in new[] { FluxMapsFile.Read(folder.File("beside.fits")).Model,
                FluxMapsFile.Read(folder.File("alone.fits")).Model })
                Assert.Equal(SkyModelYaml.Write(model), SkyModelYaml.Write(read));
        }
    }

    [Fact]
    public void Maps_that_travel_alone_have_their_model_in_the_header()
    {
        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("alone.fits"), writer => FluxMapsFile.Write(writer, Maps, null));
        Same(FluxMapsFile.Read(folder.File("alone.fits")));
    }

    [Fact]
    public void Without_a_model_it_is_a_power_law_of_index_2_and_a_warning_says_so()
    {
        using var folder = new TemporaryFolder();
        FluxMapsFile.Write(folder.File("maps.fits"), Maps);
        File.Delete(folder.File("maps.fits_model.yaml"));
        var read = FluxMapsFile.Read(folder.File("maps.fits"));
        Assert.Equal(SkyModel.Default, read.Model);
        Assert.Contains("maps.fits has no model", Assert.Single(read.Warnings), StringComparison.Ordinal);
        Assert.Equal(Maps.Find("norm")!.Data, read.Find("norm")!.Data);
    }

    [Fact]
    public void A_header_opens_no_file_elsewhere()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("elsewhere"));
        File.WriteAllText(folder.File("elsewhere", "secret.yaml"), "nonsense");
        FitsWriter.Write(folder.File("maps.fits"), writer => FluxMapsFile.Write(writer, Maps, folder.File("elsewhere", "secret.yaml")));
        Assert.Equal(SkyModel.Default, FluxMapsFile.Read(folder.File("maps.fits")).Model);
    }

    [Theory]
    [InlineData("fermi-3fhl-gc/bands", 3)]
    [InlineData("fermi-3fhl-gc/cutout-all", 1)]
    [InlineData("hess-rxj1713/point-3bins-all", 3)]
    public void Gammapys_own_files_are_read(string golden, int bins)
    {
        var path = Shared.Path("golden", $"{golden}.fits.gz");
        var maps = FluxMapsFile.Read(path);
        Assert.Equal(bins, maps.Geometry.PlaneCount);
        using var file = FitsFile.Open(path);
        foreach (var name in new[] { "norm", "norm_err", "ts", "sqrt_ts", "stat", "npred_excess" })
            Assert.Equal(((FitsImage)file.Find(name)!).ReadDoubles(), maps.Find(name)!.Data);
        Assert.Null(maps.Find("stat_scan"));
    }

    [Theory]
    [InlineData("dnde")]
    [InlineData("flux")]
    [InlineData("eflux")]
    [InlineData("e2dnde")]
    public void Gammapys_files_of_fluxes_give_the_norm_back(string type)
    {
        using var folder = new GammapyFolder();
        FitsWriter.Write(folder.File("maps.fits"), file => FluxMapsFile.Write(file, Maps, $"{folder.Inside}/maps.fits_model.yaml"));
        File.WriteAllText(folder.File("maps.fits_model.yaml"), SkyModelYaml.Write(Maps.Model));
        File.WriteAllText(folder.File("convert.py"), $"""
            from gammapy.estimators import FluxMaps
            FluxMaps.read("{folder.Inside}/maps.fits").write("{folder.Inside}/{type}.fits", sed_type="{type}")
            """);
        var result = folder.Run($"{folder.Inside}/convert.py");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var read = FluxMapsFile.Read(folder.File($"{type}.fits"));
        Assert.Equal(Maps.Model, read.Model);
        foreach (var name in new[] { "norm", "norm_err", "norm_ul", "sqrt_ts" })
            foreach (var (ours, theirs) in Maps.Find(name)!.Data.Zip(read.Find(name)!.Data))
                Assert.True(double.IsNaN(ours)
                    ? double.IsNaN(theirs) : Math.Abs(ours - theirs) <= 1e-5 * Math.Abs(ours), $"{name}: {theirs}, expected {ours}");
    }

    [Fact]
    public void What_holds_no_flux_maps_is_said()
    {
        using var folder = new TemporaryFolder();
        MapDatasetFile.Write(folder.File("dataset.fits"), Samples.Observation());
        var wrong = Assert.Throws<MapException>(() => FluxMapsFile.Read(folder.File("dataset.fits")));
        Assert.Contains("dataset.fits has no image NORM, SQRT_TS or TS", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_spatial_part_gives_its_spectrum()
    {
        using var folder = new TemporaryFolder();
        WriteWith(folder, """
            components:
            -   name: Z9GO3ziN
                type: SkyModel
                spectral:
                    type: PowerLawSpectralModel
                    parameters:
                    -   {name: index, value: 2.4}
                    -   {name: amplitude, value: 3.0e-13, unit: TeV-1 s-1 cm-2}
                    -   {name: reference, value: 2.0, unit: TeV}
            """);
        var read = FluxMapsFile.Read(folder.File("maps.fits"));
        Assert.Empty(read.Warnings);
        Assert.Equal((Maps.Model.Spectral, "Z9GO3ziN"), (read.Model.Spectral, read.Model.Name));
        foreach (var name in new[] { "flux", "flux_ul", "sqrt_ts" }) Assert.Equal(Maps.Find(name)!.Data, read.Find(name)!.Data);
    }

    [Theory]
    [InlineData("this: is no model", "no component")]
    [InlineData("a: [", "invalid YAML")]
    [InlineData("components: [{name: one, type: SkyModel, spectral: {type: OfTheFuture}}]", "OfTheFuture")]
    public void A_model_that_cannot_be_used_is_a_warning_that_says_why(string yaml, string reason)
    {
        using var folder = new TemporaryFolder();
        WriteWith(folder, yaml);
        var read = FluxMapsFile.Read(folder.File("maps.fits"));
        Assert.Equal(SkyModel.Default, read.Model);
        Assert.Equal(Maps.Find("norm")!.Data, read.Find("norm")!.Data);
        Assert.Equal(2, read.Warnings.Count);
        Assert.Contains("maps.fits_model.yaml", read.Warnings[0], StringComparison.Ordinal);
        Assert.Contains(reason, read.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("fluxes are those of a power law of index 2", read.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_model_whose_shape_is_foreign_the_spectrum_is_used_with_a_warning()
    {
        using var folder = new TemporaryFolder();
        WriteWith(folder, """
            components:
            -   name: one
                type: SkyModel
                spectral: {type: PowerLawSpectralModel, parameters: [{name: index, value: 2.4},
                    {name: amplitude, value: 3.0e-13, unit: TeV-1 s-1 cm-2}, {name: reference, value: 2.0, unit: TeV}]}
                spatial: {type: TemplateSpatialModel, filename: gone.fits}
            -   name: two
                type: SomethingElse
            """);
        var read = FluxMapsFile.Read(folder.File("maps.fits"));
        Assert.Equal(Maps.Model.Spectral, read.Model.Spectral);
        Assert.Contains("gone.fits", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqrt_ts")]
    [InlineData("ts")]
    [InlineData("ts", "norm")]
    public void Of_TS_and_its_root_one_is_enough_for_peaks(params string[] stored)
    {
        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("maps.fits"), writer =>
        {
            writer.WriteEmptyPrimary();
            foreach (var name in stored) MapWriter.Write(writer, name.ToUpperInvariant(), Maps.Find(name)!, FitsElementType.Double);
        });
        var read = FluxMapsFile.Read(folder.File("maps.fits"));
        Assert.Equal(
            stored is ["ts"], read.Warnings.Any(warning => warning.Contains("without the sign of the norm", StringComparison.Ordinal)));
        var expected = PeakFinder.Find(Maps, new PeakOptions { MinSqrtTs = 2 });
        // Without the sign holes are peaks too.
        Peak[] found = [.. PeakFinder.Find(read, new PeakOptions { MinSqrtTs = 2 })
            .Where(peak => Maps.Find("norm")![peak.EnergyBin, peak.Y, peak.X] > 0)];
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, found.Length);
        foreach (var (peak, other) in expected.Zip(found))
        {
            Assert.Equal((peak.EnergyBin, peak.X, peak.Y), (other.EnergyBin, other.X, other.Y));
            Assert.Equal(peak.SqrtTs, other.SqrtTs, 1e-12 * peak.SqrtTs);
            Assert.Equal(peak.Ts, other.Ts, 1e-12 * peak.Ts);
        }
    }

    [Fact]
    public void An_excess_estimators_file_has_gammapys_peaks()
    {
        // gammapy 2.1: find_peaks(FluxMaps.read("excess_all.fits")["sqrt_ts"], 3), its highest.
        var peak = PeakFinder.Find(
            FluxMapsFile.Read(Shared.Path("faults", "05-candidates-excess", "excess_all.fits")), new PeakOptions { MinSqrtTs = 3 })[0];
        Assert.Equal((30, 19), (peak.X, peak.Y));
        Assert.Equal(33.4985, peak.SqrtTs, 1e-4);
    }

    [Fact]
    public void A_mosaic_without_an_energy_axis_is_refused_in_a_whole_sentence()
    {
        using var folder = new TemporaryFolder();
        FitsWriter.Write(folder.File("mosaic.fits"), writer => writer.WriteImage(
            "SQRT_TS", [FieldFiles.Width, FieldFiles.Height], new float[FieldFiles.Width * FieldFiles.Height], FieldFiles.SkyHeader()));
        var exception = Assert.Throws<MapException>(() => FluxMapsFile.Read(folder.File("mosaic.fits")));
        Assert.EndsWith("(SQRT_TS): found no energy axis, expected one axis, energy", exception.Message, StringComparison.Ordinal);
    }

    private static void WriteWith(TemporaryFolder folder, string yaml)
    {
        FluxMapsFile.Write(folder.File("maps.fits"), Maps);
        File.WriteAllText(folder.File("maps.fits_model.yaml"), yaml);
    }

    private static void Same(FluxMaps read)
    {
        Assert.Equal(Maps.Model, read.Model);
        Assert.Empty(read.Warnings);
        Assert.Equal((1, 3), (read.NSigma, read.NSigmaUl));
        Assert.Equal(Maps.Gti!.Intervals, read.Gti!.Intervals);
        Assert.Equal(Maps.Geometry.Axes[0].Edges, read.Geometry.Axes[0].Edges);
        Assert.Equal(Maps.Quantities.Order(), read.Quantities.Order());
        foreach (var name in Maps.Quantities) Assert.Equal(Maps.Find(name)!.Data, read.Find(name)!.Data);
    }
}
