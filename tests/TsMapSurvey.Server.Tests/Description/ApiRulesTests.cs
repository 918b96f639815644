using System.Text.Json;

namespace TsMapSurvey.Server.Tests.Description;

/// <summary>The API's description against the rules in tests/tools/spectral.yaml, and the server against its description.</summary>
[Trait("Pace", "slow")]
public sealed class ApiRulesTests(StackedServer server) : IClassFixture<StackedServer>
{
    private static readonly string ToolsFolder = Repository.Path("tests", "tools");

    [Fact]
    public async Task The_description_follows_the_rules_of_OpenAPI_and_OWASP()
    {
        Tools.Need("node", "apt-get install nodejs");
        var spectral = Tools.Need(Path.Combine(ToolsFolder, "node_modules", ".bin", "spectral"), "tests/tools/install.sh");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("openapi.json"), (await server.Client.GetAsync("/openapi/v1.json")).Bytes);

        var run = Tools.Run(
            spectral,
            ["lint", folder.File("openapi.json"), "--ruleset", Path.Combine(ToolsFolder, "spectral.yaml"), "--fail-severity", "warn"],
            folder: ToolsFolder);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("No results with a severity", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_find_a_parameter_without_a_limit_and_an_operation_without_a_key()
    {
        Tools.Need("node", "apt-get install nodejs");
        var spectral = Tools.Need(Path.Combine(ToolsFolder, "node_modules", ".bin", "spectral"), "tests/tools/install.sh");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("openapi.json"), """
            { "openapi": "3.1.1", "info": { "title": "t", "version": "1", "description": "d" }, "tags": [{ "name": "a" }],
              "paths": { "/a": { "post": { "operationId": "a", "tags": ["a"],
                "parameters": [{ "name": "b", "in": "query", "schema": { "type": "string" } },
                               { "name": "c", "in": "query", "schema": { "type": "integer", "format": "int32", "minimum": 0 } }],
                "responses": { "200": { "description": "ok" } } } } } }
            """);

        var run = Tools.Run(
            spectral,
            ["lint", folder.File("openapi.json"), "--ruleset", Path.Combine(ToolsFolder, "spectral.yaml"), "--fail-severity", "warn"],
            folder: ToolsFolder);

        Assert.NotEqual(0, run.ExitCode);
        foreach (var rule in new[] { "parameter-string-limit", "parameter-integer-limit", "write-restricted", "responses-429" })
            Assert.Contains(rule, run.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// Every operation with good values, with every parameter at, inside and beyond the limits that its schema states, with and without a
    /// body: no answer is an internal error or one that the description lacks.
    /// </summary>
    [Fact]
    public async Task Every_answer_is_one_that_the_description_has()
    {
        using var document = JsonDocument.Parse((await server.Client.GetAsync("/openapi/v1.json")).Bytes);
        var run = new DescriptionRun(document.RootElement, server.Client);
        var problems = new List<string>();
        foreach (var operation in run.Operations()) problems.AddRange(await run.ProblemsAsync(operation));

        Assert.True(run.Asked > 1000, $"{run.Asked}");
        Assert.True(problems.Count == 0, $"{problems.Count}:\n{string.Join('\n', problems.Take(60))}");
    }
}
