using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>The nights that a slice covered when something was computed for it.</summary>
/// <param name="Slice">The name in survey.json, for example 7d.</param>
/// <param name="FirstNight">The MJD (UTC) on which the first night begins.</param>
/// <param name="End">The end of the last night.</param>
public sealed record StoredWindow(
    string Slice,
    [property: JsonPropertyName("firstEpoch")] int FirstNight,
    [property: JsonPropertyName("lastEpoch")] int LastNight,
    DateTimeOffset Start,
    DateTimeOffset End);
