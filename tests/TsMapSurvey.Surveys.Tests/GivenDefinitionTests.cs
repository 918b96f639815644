using NJsonSchema;
using TsMapSurvey.Events.Given;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.SampleData;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Surveys.Tests;

public sealed class GivenDefinitionTests
{
    private const string Given =
        """{ "exposure": "e.fits", "backgrounds": ["flux.fits", "counts.fits"], "psf": "p.fits", "totalTimeS": 16000 }""";

    [Fact]
    public async Task Every_property_is_read_and_written_and_known_to_the_schema()
    {
        var definition = SurveyDefinition.Parse(Json(Given));
        Assert.Equal(definition.ToJson(), SurveyDefinition.Parse(definition.ToJson()).ToJson());
        var given = definition.Events!.Given!;
        Assert.Equal(["e.fits", "flux.fits", "counts.fits", "p.fits"], given.Files());
        Assert.Equal(16000, given.TotalTimeS);
        Assert.Equal(["E.FITS", "FLUX.FITS", "COUNTS.FITS", "P.FITS"], given.Renamed(name => name.ToUpperInvariant()).Files());
        var schema = await JsonSchema.FromJsonAsync(SurveyDefinition.JsonSchema(), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(Json(Given)));
        Assert.Empty(schema.Validate(definition.ToJson()));
        Assert.NotEmpty(schema.Validate(Json("""{ "exposure": "e.fits", "psf": "p.fits" }""")));
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var exception = Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(Json(
            """{ "exposure": "", "backgrounds": [], "totalTimeS": 0, "area": "x" }""")));
        Assert.Equal(
            ["events.given.area", "events.given.psf", "events.given.exposure", "events.given.backgrounds", "events.given.totalTimeS"],
            exception.Problems.Select(problem => problem.Split(':')[0]));
    }

    [Fact]
    public void Tiles_make_the_parts_of_the_image_of_the_whole_survey()
    {
        using var folder = new TemporaryFolder();
        var survey = Read(folder, Given);
        using var file = FitsFile.Open(folder.File("events.fits"));
        var observed = ObservedFile.Read(file, survey);
        Assert.IsType<GivenData>(observed);
        Assert.Equal(survey.Tiling.All(), survey.TilesOf(observed));
        observed.EnsureFits(observed.Template);
        var whole = observed.On(StackGeometry.Covering(survey.Grid, observed.Template));
        Assert.True(whole.Counts!.Data.Sum() > 200);
        foreach (var tile in survey.Tiling.All())
        {
            var stack = new DatasetStack(survey.GridOf(tile), observed.Template);
            stack.Add(observed.On(stack.Geometry));
            var part = stack.ToDataset("part");
            Assert.True(survey.Grid.IsAlignedWith(part.Grid, out var dx, out var dy));
            for (var plane = 0; plane < 4; plane++)
                for (var y = 0; y < part.Grid.Height; y++)
                    for (var x = 0; x < part.Grid.Width; x++)
                    {
                        Assert.Equal(whole.Counts[plane, y - dy, x - dx], part.Counts![plane, y, x]);
                        Assert.Equal(whole.Exposure![plane, y - dy, x - dx], part.Exposure![plane, y, x]);
                        Assert.Equal(whole.Background![plane, y - dy, x - dx], part.Background![plane, y, x], 1e-9);
                    }
        }
    }

    [Fact]
    public void Without_the_total_time_a_survey_takes_one_event_list()
    {
        using var folder = new TemporaryFolder();
        var survey = Read(folder, Given.Replace(", \"totalTimeS\": 16000", "", StringComparison.Ordinal));
        File.Copy(folder.File("events.fits"), folder.File("second.fits"));
        using var first = FitsFile.Open(folder.File("events.fits"));
        using var second = FitsFile.Open(folder.File("second.fits"));
        var (one, other) = (ObservedFile.Read(first, survey), ObservedFile.Read(second, survey));
        one.EnsureFits(one.Template);
        var exception = Assert.Throws<SurveyException>(() => other.EnsureFits(one.Template));
        Assert.Contains("events.given.totalTimeS: found nothing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("events.fits", exception.Message, StringComparison.Ordinal);
        using var shares = new TemporaryFolder();
        var several = Read(shares, Given);
        using var same = FitsFile.Open(folder.File("second.fits"));
        ObservedFile.Read(same, several).EnsureFits(one.Template);
    }

    [Fact]
    public void Maps_that_were_not_read_are_told()
    {
        var survey = Survey.Resolve(SurveyDefinition.Parse(Json(Given)));
        var exception = Assert.Throws<SurveyException>(() => survey.Given);
        Assert.Contains("e.fits, flux.fits, counts.fits, p.fits", exception.Message, StringComparison.Ordinal);
    }

    private static Survey Read(TemporaryFolder folder, string given)
    {
        new GivenFiles().Fill().Write(name => folder.File(name));
        var maps = GivenMaps.Read(folder.File("exposure.fits"), [folder.File("flux.fits"), folder.File("counts.fits")],
            folder.File("psf.fits"));
        return Survey.Resolve(SurveyDefinition.Parse(Json(given)), given: maps);
    }

    private static string Json(string given) => $$"""
        { "name": "given", "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.5, "widthDeg": 8,
            "heightDeg": 6, "centreLonDeg": 10, "centreLatDeg": 20, "tilePixels": 8 },
          "energyAxis": { "minTeV": 0.02, "maxTeV": 0.6, "bins": 4 }, "trueEnergyAxis": { "minTeV": 0.01, "maxTeV": 1, "bins": 6 },
          "maps": { "point": { "kernelWidthDeg": 1.5 } }, "events": { "given": {{given}} } }
        """;
}
