using System.Text.Json;

namespace TsMapSurvey.Simulation;

/// <summary>The content of truth.json: the simulated sources.</summary>
public sealed record TruthFile(string Survey, int Seed, int Observations, double MinTeV, double MaxTeV, IReadOnlyList<SourceTruth> Sources)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="SimulationException">The text is not a valid truth.json.</exception>
    public static TruthFile Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TruthFile>(json, Format) ?? throw SimulationErrors.BadTruth("found null");
        }
        catch (JsonException exception)
        {
            throw SimulationErrors.BadTruth($"found {exception.Message}");
        }
    }
}
