using System.Collections.Immutable;
using System.Text.Json;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Json;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Compute;

/// <summary>The body of a request to create a job.</summary>
/// <param name="Map">A map as in survey.json; without a kernel width the kernel is as wide as PSF and source need.</param>
/// <param name="Datasets">Names of the files to upload, for messages. Several datasets are one joint estimate.</param>
internal sealed record ComputeBody(MapDefinition Map, IReadOnlyList<string> Datasets);

/// <summary>A parsed request to create a job.</summary>
/// <param name="Map">JSON text of a map of survey.json.</param>
internal sealed record ComputeOrder(string Map, ImmutableArray<string> Datasets)
{
    /// <summary>A grain message must be able to hold it.</summary>
    private const int MaxLength = 1 << 18;

    /// <exception cref="RequestException">400 with all problems.</exception>
    public static ComputeOrder Parse(string body)
    {
        if (body.Length > MaxLength)
            throw RequestErrors.BadParameters([$"body: found {body.Length} characters, expected at most {MaxLength}"]);
        var problems = new List<string>();
        var (map, datasets) = ("{}", ImmutableArray<string>.Empty);
        try
        {
            using var json = UntrustedJson.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) problems.Add("body: expected a JSON object with datasets and map");
            else Read(json.RootElement, ref map, ref datasets, problems);
        }
        catch (JsonException exception)
        {
            problems.Add($"body: found invalid JSON ({exception.Message}), expected an object with datasets and map");
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
            else problems.Add($"{MessageText.Of(property.Name)}: unknown property, expected datasets and map");
        }

        if (datasets.IsEmpty) problems.Add("datasets: expected the names of one or more files");
        try
        {
            problems.AddRange(MapDefinition.Parse(map).ToOptions().Problems());
        }
        catch (SurveyException exception)
        {
            problems.AddRange(exception.Problems);
        }
    }
}
