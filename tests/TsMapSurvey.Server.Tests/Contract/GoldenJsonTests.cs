using System.Text.Json.Nodes;

namespace TsMapSurvey.Server.Tests.Contract;

public sealed class GoldenJsonTests
{
    [Theory]
    [InlineData("""{ "a": 1 }""", """{ "a": 1, "b": 2 }""")]
    [InlineData("""{ "a": 1.234567 }""", """{ "a": 1.234568 }""")]
    [InlineData("[1.5, 1E-12]", "[1.5, 2E-12]")]
    [InlineData("\"12.34567 deg\"", "\"12.34568 deg\"")]
    public void What_is_added_or_rounded_is_no_difference(string golden, string found) => Assert.Empty(Differences(golden, found));

    [Theory]
    [InlineData("""{ "a": 1, "b": null }""", """{ "a": 1 }""")]
    [InlineData("""{ "a": 1 }""", """{ "a": 2 }""")]
    [InlineData("""{ "a": 1.234567 }""", """{ "a": 1.2347 }""")]
    [InlineData("""{ "a": 1 }""", """{ "a": "1" }""")]
    [InlineData("""{ "a": null }""", """{ "a": 0 }""")]
    [InlineData("""{ "a": true }""", """{ "a": false }""")]
    [InlineData("[1, 2]", "[1, 2, 3]")]
    [InlineData("[1, 2]", "[2, 1]")]
    [InlineData("[1E-12]", "[2E-12]")]
    [InlineData("\"12.34567 deg\"", "\"12.34567 rad\"")]
    [InlineData("\"12.34567 deg\"", "\"12.34667 deg\"")]
    [InlineData("\"r12\"", "\"r13\"")]
    public void Everything_else_is_one(string golden, string found) => Assert.Single(Differences(golden, found).Take(1));

    private static IEnumerable<string> Differences(string golden, string found) =>
        GoldenJson.Differences(JsonNode.Parse(golden), JsonNode.Parse(found));
}
