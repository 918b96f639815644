using System.Text.Json.Nodes;

namespace TsMapSurvey.Server.Tests.Contract;

/// <summary>
/// Compares the API's answers with recorded ones, on which clients depend. TSMAP_WRITE_CONTRACT=1 records them again; check the
/// difference.
/// </summary>
public sealed class ContractTests(ContractServer server) : IClassFixture<ContractServer>
{
    private const string Variable = "TSMAP_WRITE_CONTRACT";
    private static readonly string Folder = Repository.Path("tests", "TsMapSurvey.Server.Tests", "Contract", "answers");

    private static bool Writes => Environment.GetEnvironmentVariable(Variable) == "1";

    [Fact]
    public async Task Every_answer_is_what_it_was_but_for_additions()
    {
        var differences = new List<string>();
        foreach (var (resource, rows) in server.Resources)
        {
            var file = Path.Combine(Folder, $"{resource}.json");
            if (Writes) await File.WriteAllTextAsync(file, GoldenJson.Format(rows) + "\n");
            var golden = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            differences.AddRange(GoldenJson.Differences(golden, JsonNode.Parse(rows.ToJsonString()), resource));
        }

        Assert.True(differences.Count == 0,
            $"{differences.Count} differences, {Variable}=1 records anew:\n{string.Join('\n', differences.Take(20))}");
        var recorded = Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(recorded.Order(StringComparer.Ordinal), server.Resources.Keys);
    }

    [Fact]
    public void Every_operation_of_the_description_is_asked()
    {
        var document = JsonNode.Parse(File.ReadAllText(Repository.Path("tests", "TsMapSurvey.Server.Tests", "openapi.json")))!;
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Select(operation => operation.Value!["operationId"]!.GetValue<string>()).ToArray();

        Assert.True(operations.Length > 40, string.Join(", ", operations));
        Assert.Empty(operations.Except(server.Operations));
        Assert.Empty(server.Operations.Except(operations));
    }
}
