using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>The components that are no sources: corrections of the background and cubes of predicted counts.</summary>
public sealed class BackgroundComponentTests
{
    private const string Field = """
        components:
        - type: FoVBackgroundModel
          datasets_names: [obs-1]
          spectral:
            type: PowerLawNormSpectralModel
            parameters:
            - {name: norm, value: 1.3, min: 0.0}
            - {name: tilt, value: 0.2, frozen: true}
            - {name: reference, value: 2000, unit: GeV, frozen: true}
        """;

    [Fact]
    public void A_correction_multiplies_the_background_of_its_dataset_at_the_centres_of_the_energy_bins()
    {
        var datasets = new[] { Samples.Observation(1), Samples.Observation(2) };
        var models = SkyModelYaml.Parse(Field, "field.yaml");
        Assert.Equal("obs-1-bkg", Assert.IsType<FieldBackground>(Assert.Single(models)).Name);
        foreach (var read in new[] { models, SkyModelYaml.Parse(SkyModelYaml.Write(models), "again") })
        {
            var added = BackgroundModels.AddTo(datasets, read);
            Assert.Same(datasets[1], added[1]);
            for (var k = 0; k < 3; k++)
                for (var i = 0; i < datasets[0].Geometry.PlaneLength; i++)
                    Assert.Equal(1.3 * Math.Pow(datasets[0].Energy.Centers[k] / 2, -0.2) * datasets[0].Background!.Plane(k)[i],
                        added[0].Background!.Plane(k)[i], 1e-12);
        }
    }

    [Fact]
    public void The_parameters_of_an_old_file_lie_beside_the_type()
    {
        const string Old =
            "components: [{type: FoVBackgroundModel, datasets_names: [gc], parameters: [{name: norm, value: NORM}, {name: tilt, value: "
            + "0.0}]}]";
        Assert.Null(SkyModelYaml.Parse(Old.Replace("NORM", "1.0", StringComparison.Ordinal), "old.yaml")[0].Warnings);
        var model = Assert.IsType<FieldBackground>(SkyModelYaml.Parse(Old.Replace("NORM", "1.4", StringComparison.Ordinal), "old.yaml")[0]);
        Assert.Equal(new PowerLawNorm(0, 1.4), model.Spectral);
        Assert.Contains("gammapy 2.1 ignores them", Assert.Single(model.Warnings!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_correction_may_have_a_shape_whose_values_count_as_numbers()
    {
        var dataset = Samples.Observation(1);
        var place = dataset.Grid.PixelCentre(12, 9)!.Value;
        var field = new FieldBackground(new PowerLawNorm(0, 2), new GaussianSource(0.5, 0.6, 30)) { Position = place };
        var added = BackgroundModels.AddTo([dataset], [field])[0].Background!;
        var (separation, angle) = (place.SeparationDeg(dataset.Grid.PixelCentre(15, 14)!.Value),
            double.DegreesToRadians(place.PositionAngleDeg(dataset.Grid.PixelCentre(15, 14)!.Value)));
        var density = ((GaussianSource)field.Spatial!).DensityPerSr(separation * Math.Sin(angle), separation * Math.Cos(angle));
        Assert.Equal(2 * density * dataset.Background![1, 14, 15], added[1, 14, 15], 1e-9 * added[1, 14, 15]);
    }

    [Fact]
    public void Sources_are_added_to_the_corrected_background()
    {
        var dataset = Samples.Observation(1);
        var source = new SkyModel(new PointSource(), new PowerLaw(2, 1e-11)) { Name = "s", Position = dataset.Grid.Centre };
        var counts = BackgroundModels.Counts(dataset, [source]);
        var added = BackgroundModels.AddTo([dataset], [source, new FieldBackground(new PowerLawNorm(0, 1.5))])[0].Background!;
        Assert.All(Enumerable.Range(0, added.Data.Length), i =>
            Assert.Equal(1.5 * dataset.Background!.Data[i] + counts.Data[i], added.Data[i], 1e-12));
    }

    [Fact]
    public void A_cube_of_predicted_counts_is_added_where_it_overlaps()
    {
        using var folder = new TemporaryFolder();
        var dataset = Samples.Observation(1);
        var region = new PixelRegion(5, -3, 10, 12);
        var cube = new Map<double>(new MapGeometry(dataset.Grid.Cutout(region), dataset.Energy));
        for (var i = 0; i < cube.Data.Length; i++) cube.Data[i] = i;
        ModelFileSamples.Write(folder.File("cube.fits"), cube);
        const string Yaml =
            "components: [{type: TemplateNPredModel, name: c, filename: cube.fits, spectral: {type: pl-norm, parameters: [{name: norm, "
            + "value: 0.5}]}}]";
        var models = SkyModelYaml.Parse(Yaml, "cube.yaml", folder.Path);
        foreach (var read in new[] { models, SkyModelYaml.Parse(SkyModelYaml.Write(models), "again", folder.Path) })
        {
            var npred = BackgroundModels.Counts(dataset, read);
            Assert.Equal(0, npred[2, 8, 4]);
            Assert.Equal(0.5 * cube[2, 8 + 3, 0], npred[2, 8, 5]);
            Assert.Equal(0.5 * cube[1, 3, 9], npred[1, 0, 14]);
            Assert.Equal(0, npred[2, 9, 5]);
        }

        var other = Assert.Throws<MapException>(() => BackgroundModels.Counts(dataset with
        {
            Counts = null,
            Background =
            dataset.Background! with { Geometry = new MapGeometry(dataset.Grid, MapAxis.EnergyBins("energy", 1, 11, 3)) }
        }, models));
        Assert.Contains("cube.fits", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Irfs_may_be_left_out()
    {
        var dataset = Samples.Observation(1);
        var yaml = SkyModelYaml.Write(new SkyModel(new GaussianSource(0.1), new PowerLaw(2, 1e-11))
        { Position = dataset.Grid.Centre, AppliesPsf = false, AppliesEdisp = false });
        Assert.Contains("psf: false", yaml, StringComparison.Ordinal);
        var read = SkyModelYaml.Parse(yaml, "irfs.yaml");
        Assert.Equal(
            BackgroundModels.Counts(
                dataset with { Psf = null, Edisp = null }, [((SkyModel)read[0]) with { AppliesPsf = true, AppliesEdisp = true }]).Data,
            BackgroundModels.Counts(dataset, read).Data);
        Assert.Contains("apply_irf", Assert.Throws<MapException>(() => SkyModelYaml.Choose(read, null, "irfs.yaml")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_spatial_part_is_read_and_gives_its_flux_to_every_pixel()
    {
        var dataset = Samples.Observation(1) with { Psf = null, Edisp = null };
        var read = SkyModelYaml.Parse("components: [{name: a, type: SkyModel, spectral: {type: pl}}]", "bare.yaml");
        Assert.DoesNotContain("spatial", SkyModelYaml.Write(read), StringComparison.Ordinal);
        Assert.IsType<NoSpatialModel>(
            Assert.IsType<SkyModel>(Assert.Single(SkyModelYaml.Parse(SkyModelYaml.Write(read), "again"))).Spatial);
        var point = new SkyModel(new PointSource(), new PowerLaw()) { Position = dataset.Grid.PixelCentre(12, 9)!.Value };
        Assert.Equal(BackgroundModels.Counts(dataset, [point])[1, 9, 12], BackgroundModels.Counts(dataset, read)[1, 9, 12], 1e-12);
        Assert.Contains("no 'spatial'", Assert.Throws<MapException>(() => SkyModelYaml.Choose(read, null, "bare.yaml")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "{type: SkyModel, name: a, spectral: {type: pl-norm}, spatial: {type: point}}",
        "a dimensionless spectral model and a spatial model in sr-1")]
    [InlineData("{type: FoVBackgroundModel, datasets_names: [a], spectral: {type: pl}}", "a norm model")]
    [InlineData("{type: FoVBackgroundModel, datasets_names: [a, b], spectral: {type: pl-norm}}", "2 names")]
    [InlineData("{type: FoVBackgroundModel, datasets_names: [a], spatial: {type: point}}", "a point")]
    [InlineData("{type: SkyModel, name: a, apply_irf: {exposure: false}, spectral: {type: pl}}", "exposure")]
    [InlineData("{type: SkyModel, name: a, spectral: {type: compound, operator: mul, model1: {type: pl}, model2: {type: lp}}}",
        "mul between a flux and a flux")]
    [InlineData("{type: SkyModel, name: a, spectral: {type: compound, operator: matmul, model1: {type: pl}, model2: {type: lp}}}",
        "add, sub, mul, truediv, pow")]
    [InlineData("{type: FoVBackgroundModel, datasets_names: [a]}, {type: FoVBackgroundModel, datasets_names: [a]}",
        "two components named 'a-bkg'")]
    public void What_does_not_go_together_is_refused(string components, string reason)
    {
        var message = Assert.Throws<MapException>(() => SkyModelYaml.Parse($"components: [{components}]", "odd.yaml")).Message;
        Assert.StartsWith("odd.yaml", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_may_have_its_unit_in_itself()
    {
        var model = SkyModelYaml.Parse(
            "components: [{name: a, type: SkyModel, spectral: {type: pl, parameters: [{name: reference, value: 500 GeV}]}}]",
            "unit.yaml")[0];
        Assert.Equal(0.5, ((PowerLaw)((SkyModel)model).Spectral).ReferenceTeV);
    }
}
