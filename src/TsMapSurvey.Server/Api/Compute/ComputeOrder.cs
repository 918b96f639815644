using System.Collections.Immutable;
using System.Text.Json;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Json;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Compute;

/// <summary>How a client writes it.</summary>
/// <param name="Map">A map as it stands in survey.json; without a kernel width the kernel is as wide as PSF and source need.</param>
/// <param name="Datasets">Names of the files that will come, for messages. Several are one joint estimate.</param>
internal sealed record ComputeBody(MapDefinition Map, IReadOnlyList<string> Datasets);

/// <summary>What a client wants computed.</summary>
/// <param name="Map">JSON text of a map of survey.json.</param>
internal sealed record ComputeOrder(string Map, ImmutableArray<string> Datasets)
{
    /// <summary>A grain's message has to hold it.</summary>
    private const int Longest = 1 << 18;

    /// <exception cref="RequestException">400 with every problem.</exception>
    public static ComputeOrder Parse(string body)
    {
        if (body.Length > Longest) throw RequestErrors.BadParameters([$"body: found {body.Length} characters, expected at most {Longest}"]);
        var problems = new List<string>();
        var (map, datasets) = ("{}", ImmutableArray<string>.Empty);
        try
        {
            using var json = WholeText.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) problems.Add("body: expected a JSON object with datasets and map");
            else Read(json.RootElement, ref map, ref datasets, problems);
        }
        catch (JsonException bad)
        {
            problems.Add($"body: found no JSON ({bad.Message}), expected an object with datasets and map");
        }

        return problems.Count == 0 ? new ComputeOrder(map, datasets) : throw RequestErrors.BadParameters(problems);
    }

    private static void Read(JsonElement order, ref string map, ref ImmutableArray<string> datasets, List<string> problems)
    {
        foreach (var property in order.EnumerateObject())
        {
            if (property.Name == "map") map = property.Value.GetRawText();
            else if (property.Name == "datasets" && property.Value.ValueKind == JsonValueKind.Array
                && property.Value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
                datasets = [.. property.Value.EnumerateArray().Select(name => name.GetString()!)];
            else if (property.Name == "datasets") problems.Add("datasets: expected a list of names");
            else problems.Add($"{ShownText.Of(property.Name)}: there is no such property here, expected datasets and map");
        }

        if (datasets.IsEmpty) problems.Add("datasets: expected the names of one or more files");
        try
        {
            problems.AddRange(MapDefinition.Parse(map).ToOptions().Problems());
        }
        catch (SurveyException bad)
        {
            problems.AddRange(bad.Problems);
        }
    }
}
