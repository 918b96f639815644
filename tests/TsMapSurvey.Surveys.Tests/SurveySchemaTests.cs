using NJsonSchema;

namespace TsMapSurvey.Surveys.Tests;

public sealed class SurveySchemaTests
{
    private static readonly string CheckedIn = Repository.Path("src", "TsMapSurvey.Surveys", "survey.schema.json");

    [Fact]
    public void The_checked_in_schema_is_that_of_the_code()
    {
        if (Environment.GetEnvironmentVariable("TSMAP_WRITE_SCHEMA") == "1") File.WriteAllText(CheckedIn, SurveyDefinition.JsonSchema());
        Assert.True(File.Exists(CheckedIn) && File.ReadAllText(CheckedIn) == SurveyDefinition.JsonSchema(),
            $"{CheckedIn} differs; run these tests with TSMAP_WRITE_SCHEMA=1 and look at the difference");
    }

    [Theory]
    [InlineData(Definitions.Hess)]
    [InlineData(Definitions.Everything)]
    [InlineData(Definitions.LikeFile)]
    [InlineData(Definitions.WholeSky)]
    public async Task The_schema_accepts_what_the_parser_accepts(string json)
    {
        SurveyDefinition.Parse(json);
        Assert.Empty((await Schema()).Validate(json));
        Assert.Empty((await Schema()).Validate(SurveyDefinition.Parse(json).ToJson()));
    }

    [Theory]
    [InlineData("\"name\": \"hess-rxj1713\"", "\"name\": \"Two Words\"")]
    [InlineData("\"name\": \"hess-rxj1713\", ", "")]
    [InlineData("\"irfs\": \"tile\"", "\"irf\": \"tile\"")]
    [InlineData("\"irfs\": \"tile\"", "\"resample\": 1")]
    [InlineData("\"galactic\"", "\"ecliptic\"")]
    [InlineData("\"pixelSizeDeg\": 0.04, ", "")]
    [InlineData("\"pixelSizeDeg\": 0.04", "\"pixelSizeDeg\": 0")]
    [InlineData("\"tilePixels\": 128", "\"tilePixels\": 128.5")]
    [InlineData("\"tilePixels\": 128", "\"like\": \"a.fits\"")]
    [InlineData("\"pixelSizeDeg\": 0.04, ", "\"like\": \"a.fits\", ")]
    [InlineData("\"bins\": 6 }", "\"bins\": 6, \"like\": \"a.fits\" }")]
    [InlineData("\"bins\": 6 }", "\"edgesTeV\": [1, 2] }")]
    [InlineData("\"selection\": [\"ul\"]", "\"selection\": \"ul\"")]
    [InlineData("\"selection\": [\"ul\"]", "\"selection\": [\"limits\"]")]
    [InlineData("\"selection\": [\"ul\"]", "\"energyEdges\": \"some\"")]
    [InlineData("\"selection\": [\"ul\"]", "\"rtol\": 1")]
    [InlineData("\"extended\"", "\"Extended!\"")]
    [InlineData("\"irfs\": \"tile\"", "\"slices\": []")]
    [InlineData("\"irfs\": \"tile\"", "\"slices\": [\"all\", \"12h\"]")]
    [InlineData("\"irfs\": \"tile\"", "\"slices\": [\"all\", \"367d\"]")]
    [InlineData("\"irfs\": \"tile\"", "\"nightStartUtcHour\": 24")]
    public async Task The_schema_refuses_what_the_parser_refuses(string right, string wrong)
    {
        Assert.Contains(right, Definitions.Hess, StringComparison.Ordinal);
        var json = Definitions.Hess.Replace(right, wrong, StringComparison.Ordinal);
        Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(json));
        Assert.NotEmpty((await Schema()).Validate(json));
    }

    [Theory]
    [InlineData("\"order\": 4", "\"order\": 1")]
    [InlineData("\"order\": 4", "\"order\": 2.5")]
    [InlineData(", \"pixelSizeDeg\": 0.05", "")]
    [InlineData("\"kind\": \"healpix\"", "\"kind\": \"grid\"")]
    [InlineData("\"order\": 4", "\"frame\": \"icrs\"")]
    [InlineData("\"order\": 4", "\"widthDeg\": 10")]
    [InlineData("\"order\": 4", "\"tilePixels\": 64")]
    [InlineData("\"order\": 4", "\"like\": \"a.fits\"")]
    public async Task The_schema_refuses_healpix_tilings_that_the_parser_refuses(string right, string wrong)
    {
        Assert.Contains(right, Definitions.WholeSky, StringComparison.Ordinal);
        var json = Definitions.WholeSky.Replace(right, wrong, StringComparison.Ordinal);
        Assert.Throws<SurveyException>(() => SurveyDefinition.Parse(json));
        Assert.NotEmpty((await Schema()).Validate(json));
    }

    private static Task<JsonSchema> Schema() => JsonSchema.FromJsonAsync(SurveyDefinition.JsonSchema());
}
