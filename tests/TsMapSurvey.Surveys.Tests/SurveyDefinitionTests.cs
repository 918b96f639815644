using TsMapSurvey.Estimators;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Tests;

public sealed class SurveyDefinitionTests
{
    [Fact]
    public void The_documented_example_is_read()
    {
        var definition = SurveyDefinition.Parse(Definitions.Hess);
        Assert.Equal("hess-rxj1713", definition.Name);
        Assert.Equal("observations/", definition.Observations);
        Assert.Equal(("galactic", "CAR", 0.04, 360.0, 40.0, 128), (definition.Tiling.Frame, definition.Tiling.Projection,
            definition.Tiling.PixelSizeDeg, definition.Tiling.WidthDeg, definition.Tiling.HeightDeg, definition.Tiling.TilePixels));
        Assert.Equal(AxisDefinition.LogBins(0.6, 30, 6), definition.EnergyAxis);
        Assert.Equal(["point", "extended"], definition.Maps.Keys);
        Assert.Equal(new[] { "ul" }, definition.Maps["point"].Values["selection"]);
        Assert.Equal((2.3, 1.6), (definition.Maps["extended"].Values["index"], definition.Maps["extended"].Values["kernelWidthDeg"]));
        Assert.Null(definition.Like);
    }

    [Theory]
    [InlineData(Definitions.Hess)]
    [InlineData(Definitions.Everything)]
    [InlineData(Definitions.LikeFile)]
    [InlineData(Definitions.WholeSky)]
    public void What_is_written_is_read_as_the_same_definition(string json)
    {
        var written = SurveyDefinition.Parse(json).ToJson();
        var again = SurveyDefinition.Parse(written);
        Assert.Equal(written, again.ToJson());
        Assert.Equivalent(SurveyDefinition.Parse(json), again, strict: true);
    }

    [Fact]
    public void A_healpix_tiling_needs_an_order_from_2_to_5_and_a_pixel_size()
    {
        var survey = Survey.Resolve(SurveyDefinition.Parse(Definitions.WholeSky));
        var tiling = Assert.IsType<HealpixTiling>(survey.Tiling);
        Assert.Equal((4, 0.05, "hpx1-4-0 to hpx1-4-3071"), (tiling.Order, tiling.PixelScaleDeg, tiling.Names));
        Assert.Equal(3, SurveyDefinition.Parse(Definitions.WholeSky.Replace("\"order\": 4, ", "", StringComparison.Ordinal)).Tiling.Order);
        Assert.Contains("expected a tiling of the kind grid", Assert.Throws<SurveyException>(() => survey.Grid).Message,
            StringComparison.Ordinal);
        Assert.True(TileBytes.Of(survey).Total > 0);
    }

    [Theory]
    [InlineData("\"order\": 4", "\"order\": 6", "tiling.order: found 6, expected a whole number at least 2 and at most 5")]
    [InlineData("0.05", "0.0001", "tiling.pixelSizeDeg: found 0.0001, expected 0.00089 to 0.916 degrees at order 4")]
    [InlineData("0.05", "2", "tiling.pixelSizeDeg: found 2, expected")]
    [InlineData("\"order\": 4", "\"heightDeg\": 4", "tiling.heightDeg: found a value, expected none with the kind 'healpix'")]
    [InlineData(", \"pixelSizeDeg\": 0.05", "", "tiling.pixelSizeDeg: found nothing, expected a number above 0")]
    [InlineData("\"healpix\"", "\"hpx\"", "tiling.kind: found 'hpx', expected one of grid, healpix")]
    [InlineData("\"healpix\"", "\"grid\"", "tiling.order: found a value, expected none without the kind 'healpix'")]
    public void Problems_of_a_healpix_tiling_are_named(string right, string wrong, string message)
    {
        var json = Definitions.WholeSky.Replace(right, wrong, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_of_a_map_reaches_the_estimator()
    {
        var maps = Survey.Resolve(SurveyDefinition.Parse(Definitions.Everything)).Maps;
        var a = maps["a"];
        Assert.Equal(new SkyModel(new GaussianSource(0.1), new PowerLaw(2.5, 2e-11, 0.5)), a.Model);
        Assert.Equal(4, a.Threshold);
        Assert.Equal(2, a.DownsamplingFactor);
        Assert.Equal((0.7, 2, 3, 0.001, 50, false), (a.KernelWidthDeg, a.NSigma, a.NSigmaUl, a.Rtol, a.MaxNiter, a.SumOverEnergyGroups));
        Assert.Equal(TsMapSelection.All, a.Selection);
        Assert.Equal([0.5, 1, 10], a.EnergyEdgesTeV!.Select(edge => Math.Round(edge, 12)));
        Assert.Equal((true, TsMapSelection.ErrnErrp | TsMapSelection.Ul), (maps["b"].AllEnergyBins, maps["b"].Selection));
        var defaults = new TsMapOptions();
        Assert.Equal((defaults.NSigma, defaults.NSigmaUl, defaults.Rtol, defaults.MaxNiter, defaults.SumOverEnergyGroups),
            (maps["b"].NSigma, maps["b"].NSigmaUl, maps["b"].Rtol, maps["b"].MaxNiter, maps["b"].SumOverEnergyGroups));
    }

    [Fact]
    public void A_model_file_beside_the_definition_becomes_text_within_it()
    {
        using var folder = new TemporaryFolder();
        var model = new SkyModel(new ShellSource(0.3, 0.1), new LogParabola(2e-12, 1, 2.1, 0.2)) { Name = "vela" };
        File.WriteAllText(
            folder.File("two.yaml"), SkyModelYaml.Write([model, model with { Name = "other", Spatial = new DiskSource(0.2) }]));
        File.WriteAllText(folder.File("survey.json"), Definitions.Hess.Replace("\"spatial\": \"point\", \"index\": 2,",
            "\"model\": \"two.yaml#vela\", \"backgroundModels\": \"two.yaml\",", StringComparison.Ordinal));
        var json = SurveyDefinition.ReadFile(folder.File("survey.json")).ToJson();
        File.Delete(folder.File("two.yaml"));
        var options = Survey.Resolve(SurveyDefinition.Parse(json)).Maps["point"];
        Assert.Equal((model.Spatial, model.Spectral), (options.Model.Spatial, options.Model.Spectral));
        Assert.Equal(["vela", "other"], options.BackgroundModels.Select(known => known.Name));
        Assert.Equal(json, SurveyDefinition.Parse(json).ToJson());
    }

    [Theory]
    [InlineData("\"model\": \"file.yaml\"", "maps.point.model: found 'file.yaml', expected gammapy's model YAML as text")]
    [InlineData("\"backgroundModels\": \"/etc/passwd\"", "maps.point.backgroundModels: found '/etc/passwd'")]
    [InlineData("\"model\": 3", "maps.point.model: found 3")]
    [InlineData("\"model\": \"components: [\"", "maps.point.model: YAML: found invalid YAML")]
    [InlineData("\"model\": \"components: []\"", "maps.point.model: YAML: found no component")]
    [InlineData("\"index\": 2, \"model\": \"components: []\"", "maps.point.index: found a value, expected none with 'model'")]
    [InlineData(
        "\"backgroundModels\": \"components: [{name: a, type: SkyModel, datasets_names: [x], spectral: {type: pl}, spatial: {type: "
        + "point}}]\"", "maps.point.backgroundModels: found datasets_names in component 'a'")]
    [InlineData(
        "\"model\": \"components: [{name: a, type: SkyModel, spectral: {type: pl}, spatial: {type: template, filename: /etc/passwd}}]\"",
        "maps.point.model: YAML, component 'a', spatial: found the file '/etc/passwd'")]
    public void A_model_that_cannot_be_used_is_named_with_its_path(string fields, string problem)
    {
        var exception = Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(
            Definitions.Hess.Replace("\"spatial\": \"point\", \"index\": 2,", fields + ",", StringComparison.Ordinal)));
        Assert.Contains(exception.Problems, found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_of_a_definition_are_listed_at_once()
    {
        var exception = Assert.Throws<SurveyException>(() => SurveyDefinition.Parse("""
            { "nmae": "x", "observations": "/etc/",
              "tiling": { "frame": "galctic", "pixelSizeDeg": -1, "widthDeg": "wide", "tilePixels": 12.5 },
              "energyAxis": { "minTeV": 30, "maxTeV": 3, "bins": 2 }, "trueEnergyAxis": { "minTeV": 1, "edgesTeV": [1, 2] },
              "maps": { "Point": {}, "p": { "spatial": "ring", "amplitude": "3 m", "kernelWidht": 1, "selection": ["ul", "errn"],
                        "energyEdges": ["1 TeV", "1 GeV"], "downsamplingFactor": 3, "backgroundModels": 4 } },
              "resample": 1 }
            """));
        string[] expected =
        [
            "nmae: found an unknown property, expected 'name' (did you mean this?)",
            "name: found nothing",
            "observations: found '/etc/'",
            "tiling.frame: found 'galctic', expected one of galactic, icrs, fk5",
            "tiling.pixelSizeDeg: found -1, expected a number above 0 and at most 10",
            "tiling.widthDeg: found 'wide'",
            "tiling.tilePixels: found 12.5, expected a whole number",
            "tiling.heightDeg: found nothing",
            "energyAxis.maxTeV: found 3, expected more than minTeV, 30",
            "trueEnergyAxis: found minTeV, edgesTeV, expected exactly one of",
            "maps.Point: found the name 'Point'",
            "maps.p.spatial: unknown spatial model 'ring'",
            "maps.p.amplitude: ",
            "maps.p.kernelWidht: found an unknown property, expected 'kernelWidthDeg'",
            "maps.p.selection[1]: found 'errn', expected one of",
            "maps.p.energyEdges: found 1 TeV, 1 GeV, expected increasing edges",
            "maps.p.downsamplingFactor: found 3, expected one of 1, 2, 4, 8",
            "maps.p.backgroundModels: found 4, expected gammapy's model YAML",
            "resample: found 1",
        ];
        foreach (var start in expected) Assert.Contains(exception.Problems, problem => problem.StartsWith(start, StringComparison.Ordinal));
        Assert.Equal(expected.Length, exception.Problems.Count);
    }

    [Theory]
    [InlineData("", "found invalid JSON")]
    [InlineData("{ \"name\": ", "found invalid JSON (line 1")]
    [InlineData("{ \"name\":\n \"\\ud800\" }", "found invalid JSON (line 2, character 2)")]
    [InlineData("{ \"\\udc00\": 1 }", "found invalid JSON (line 1, character 3)")]
    [InlineData("{ \"maps\": { \"m\": { \"selection\": [\"\\udc00\\ud800\"] } } }", "found invalid JSON (line 1")]
    [InlineData("{ \"name\": \"\\uDBFFx\" }", "found invalid JSON (line 1")]
    [InlineData("[1, 2]", "found a list of 2, expected a JSON object")]
    public void Text_that_is_no_JSON_object_is_one_problem(string text, string start)
    {
        var exception = Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(text));
        Assert.Contains(start, Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"name\": \"hess-rxj1713\"", "\"name\": \"hess-rxj1713\", \"name\": \"other\"", "name: found the property more than once")]
    [InlineData("\"name\": \"hess-rxj1713\"", "\"name\": \"hess\\n\"", "name: found")]
    [InlineData("\"tilePixels\": 128", "\"like\": \"a.fits\"", "tiling.frame: found a value, expected none with 'like'")]
    [InlineData("\"widthDeg\": 360", "\"widthDeg\": 0.01", "tiling.pixelSizeDeg: found 0.04, expected a pixel smaller than the survey")]
    [InlineData("\"heightDeg\": 40", "\"heightDeg\": 40, \"centreLatDeg\": 80", "tiling.heightDeg: found 40 degrees around latitude 80")]
    [InlineData("\"CAR\"", "\"TAN\"", "tiling.widthDeg: found 360 x 40 degrees, expected less than 180 degrees")]
    [InlineData("\"bins\": 6", "\"bins\": 6e9", "energyAxis.bins: found 6e9, expected a whole number at least 1 and at most 1000")]
    [InlineData("\"minTeV\": 0.6, \"maxTeV\": 30, \"bins\": 6", "\"edgesTeV\": [1, 3, 2]", "energyAxis.edgesTeV: found edges out of order")]
    [InlineData("\"minTeV\": 0.6, \"maxTeV\": 30, \"bins\": 6", "\"edgesTeV\": [1, null]", "energyAxis.edgesTeV[1]: found null")]
    [InlineData("\"minTeV\": 0.6, \"maxTeV\": 30, \"bins\": 6", "\"edgesTeV\": [1]", "energyAxis.edgesTeV: found a list of 1")]
    [InlineData("\"irfs\": \"tile\"", "\"irfs\": \" \"", "irfs: found ' '")]
    [InlineData("\"index\": 2,", "\"index\": 1e999,", "maps.point.index: found 1e999")]
    [InlineData(
        "\"index\": 2,", "\"amplitude\": \"-1 cm-2 s-1 TeV-1\",",
        "maps.point.amplitude: found '-1 cm-2 s-1 TeV-1', expected a value above 0")]
    [InlineData("\"index\": 2,", "\"energyEdges\": \"everything\",", "maps.point.energyEdges: found 'everything'")]
    public void A_wrong_value_is_named_with_its_path(string right, string wrong, string problem)
    {
        Assert.Contains(right, Definitions.Hess, StringComparison.Ordinal);
        var exception = Assert.Throws<SurveyException>(() =>
            SurveyDefinition.Parse(Definitions.Hess.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(exception.Problems, found => found.StartsWith(problem, StringComparison.Ordinal));
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_survey_without_maps_is_refused()
    {
        var exception = Assert.Throws<SurveyException>(() =>
            Survey.Resolve(Definitions.Small with { Maps = new Dictionary<string, MapDefinition>() }));
        Assert.StartsWith("maps: found no map", Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_cannot_both_be_what_a_survey_is_like()
    {
        var text = Definitions.LikeFile.Replace("\"energyAxis\": { \"like\": \"observations/first",
            "\"energyAxis\": { \"like\": \"observations/other", StringComparison.Ordinal);
        Assert.Contains("several files (observations/first.fits.gz, observations/other.fits.gz)",
            Assert.Single(Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(text)).Problems), StringComparison.Ordinal);
    }
}
