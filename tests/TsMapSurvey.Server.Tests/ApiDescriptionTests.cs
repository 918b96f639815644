using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TsMapSurvey.Server.Tests;

public sealed class ApiDescriptionTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/{survey}";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string CheckedIn = Repository.Path("tests", "TsMapSurvey.Server.Tests", "openapi.json");

    /// <summary>Statistics have titiler's names.</summary>
    private static readonly string[] OtherNames = ["percentile_2", "percentile_98", "valid_percent", "valid_pixels", "masked_pixels"];

    [Fact]
    public async Task The_checked_in_description_is_that_of_the_server()
    {
        using var document = await ReadAsync();
        var text = Lines(document.RootElement, "") + "\n";

        if (Environment.GetEnvironmentVariable("TSMAP_WRITE_OPENAPI") == "1") await File.WriteAllTextAsync(CheckedIn, text);
        Assert.True(File.Exists(CheckedIn) && (await File.ReadAllTextAsync(CheckedIn)).ReplaceLineEndings("\n") == text,
            $"{CheckedIn} differs; run these tests with TSMAP_WRITE_OPENAPI=1 and look at the difference: clients are generated from it");
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_a_tag_a_summary_and_its_answers()
    {
        using var document = await ReadAsync();
        var described = new DescribedJson(document.RootElement);
        var operations = Operations(document).ToArray();

        Assert.Equal(operations.Length, operations.Select(one => one.Value.GetProperty("operationId").GetString()).Distinct().Count());
        foreach (var (name, operation) in operations)
        {
            Assert.Single(operation.GetProperty("tags").EnumerateArray());
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            var answers = operation.GetProperty("responses").EnumerateObject().ToArray();
            var good = answers.Where(answer => answer.Name[0] == '2').ToArray();
            Assert.True(good.Length > 0, $"{name} has no answer");
            foreach (var answer in good.Where(answer => answer.Name != "204" && !name.StartsWith("options", StringComparison.Ordinal)))
            {
                Assert.All(Contents(answer.Value), content =>
                    Assert.True(content.Value.TryGetProperty("schema", out _), $"{name} {answer.Name} {content.Name} has no schema"));
            }

            var bad = answers.Where(answer => answer.Name[0] is '4' or '5').ToArray();
            Assert.True(bad.Length > 0 || name.EndsWith("/health/live", StringComparison.Ordinal), $"{name} never fails");
            Assert.All(bad, answer =>
                Assert.Equal("application/problem+json", Assert.Single(Contents(described.Resolve(answer.Value))).Name));
        }
    }

    [Fact]
    public async Task Every_parameter_has_a_meaning_and_one_type()
    {
        foreach (var (name, operation) in Operations(await ReadAsync()))
        {
            foreach (var parameter in Parameters(operation))
            {
                var what = $"{name} {parameter.GetProperty("name").GetString()}";
                Assert.True(parameter.TryGetProperty("description", out var description)
                    && description.GetString()!.Length > 10, $"{what} is not described");
                var schema = parameter.GetProperty("schema");
                Assert.True(schema.GetProperty("type").ValueKind == JsonValueKind.String, $"{what} has several types");
                if (schema.GetProperty("type").GetString() is "integer" or "number")
                    Assert.True(schema.TryGetProperty("minimum", out _), $"{what} has no bounds");
            }
        }
    }

    [Fact]
    public async Task Every_property_of_an_answer_has_a_meaning()
    {
        using var document = await ReadAsync();
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject();

        // The names of statistics are self-explanatory; definitions have their own schema, survey.schema.json.
        var answers =
            schemas.Where(schema => schema.Name != "MapStatistics" && !schema.Name.EndsWith("Definition", StringComparison.Ordinal));
        var silent = from schema in answers
                     where schema.Value.TryGetProperty("properties", out _)
                     from property in schema.Value.GetProperty("properties").EnumerateObject()
                     where !property.Value.TryGetProperty("description", out _) && !property.Value.TryGetProperty("$ref", out _)
                     select $"{schema.Name}.{property.Name}";
        Assert.Empty(silent);
    }

    [Fact]
    public async Task Parameters_are_written_in_one_way_and_properties_in_another()
    {
        using var document = await ReadAsync();

        Assert.All(
            Operations(document).SelectMany(one => Parameters(one.Value)).Where(one => one.GetProperty("in").GetString() != "header"),
            parameter => Assert.Matches("^[a-z]+(_[a-z]+)*$", parameter.GetProperty("name").GetString()!));
        Assert.All(Properties(document.RootElement).Except(OtherNames), name => Assert.Matches("^[a-z][A-Za-z0-9]*$", name));
    }

    [Theory]
    [InlineData("/api/surveys", "/api/surveys")]
    [InlineData(Survey, "")]
    [InlineData(Survey + "/status", "/status")]
    [InlineData(Survey + "/info", "/info")]
    [InlineData(Survey + "/observations", "/observations")]
    [InlineData(Survey + "/observations/{name}", "/observations/sim-0001.fits.gz")]
    [InlineData(Survey + "/tiles", "/tiles")]
    [InlineData(Survey + "/tiles/{tile}", "/tiles/x001y001")]
    [InlineData(Survey + "/tiles/{tile}/observations", "/tiles/x001y001/observations")]
    [InlineData(Survey + "/tiles/{tile}/{map}/{quantity}.json", "/tiles/x001y001/bands/norm_err.json?energy=1")]
    [InlineData(Survey + "/point/{ra},{dec}", "/point/340,0?frame=galactic")]
    [InlineData(Survey + "/point/{ra},{dec}", "/point/340,1.9?frame=galactic&map=bands&energy=1")]
    [InlineData(Survey + "/pixel/{x},{y}", "/pixel/30,20")]
    [InlineData(Survey + "/mosaic/{quantity}.json", "/mosaic/exposure.json")]
    [InlineData(Survey + "/statistics", "/statistics?quantity=counts")]
    [InlineData(Survey + "/candidates.json", "/candidates.json?min_sqrt_ts=3")]
    [InlineData(Survey + "/candidates", "/candidates?min_sqrt_ts=3&map=bands")]
    [InlineData("/health/live", "/health/live")]
    [InlineData("/health/ready", "/health/ready")]
    public async Task What_is_sent_is_what_the_description_says(string path, string asked)
    {
        using var document = await ReadAsync();
        var answer = await server.Client.GetAsync(path.StartsWith(Survey, StringComparison.Ordinal) ? $"/api/surveys/small{asked}" : asked);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var described = document.RootElement.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses")
            .GetProperty("200");
        var schema = Contents(described).Single(content => content.Name == "application/json").Value.GetProperty("schema");
        Assert.Empty(new DescribedJson(document.RootElement).Problems(schema, answer.Json, "$"));
    }

    [Fact]
    public async Task A_problem_is_what_the_description_says()
    {
        using var document = await ReadAsync();
        var answer = await server.Client.GetAsync("/api/surveys/small/candidates?min_sqrt_ts=1&limit=0");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var schema = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails");
        Assert.Empty(new DescribedJson(document.RootElement).Problems(schema, answer.Json, "$"));
    }

    private async Task<JsonDocument> ReadAsync() => JsonDocument.Parse((await server.Client.GetAsync("/openapi/v1.json")).Bytes);

    /// <summary>JSON in which everything that fits on a line is on one line, to make differences easy to see.</summary>
    private static string Lines(JsonElement json, string indent)
    {
        var line = JsonSerializer.Serialize(json, Plain);
        if (line.Length + indent.Length <= 140 || json.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return line;
        var further = indent + "  ";
        var parts = json.ValueKind == JsonValueKind.Object
            ? json.EnumerateObject().Select(property => $"{further}\"{property.Name}\": {Lines(property.Value, further)}")
            : json.EnumerateArray().Select(item => further + Lines(item, further));
        var (open, close) = json.ValueKind == JsonValueKind.Object ? ('{', '}') : ('[', ']');
        return $"{open}\n{string.Join(",\n", parts)}\n{indent}{close}";
    }

    private static IEnumerable<(string Name, JsonElement Value)> Operations(JsonDocument document) =>
        from path in document.RootElement.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);

    private static JsonElement[] Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];

    private static JsonProperty[] Contents(JsonElement answer) =>
        answer.TryGetProperty("content", out var contents)
            ? [.. contents.EnumerateObject()] : throw new Xunit.Sdk.XunitException($"{answer} has no content");

    private static IEnumerable<string> Properties(JsonElement document) =>
        from schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject()
        where schema.Value.TryGetProperty("properties", out _)
        from property in schema.Value.GetProperty("properties").EnumerateObject()
        select property.Name;
}
