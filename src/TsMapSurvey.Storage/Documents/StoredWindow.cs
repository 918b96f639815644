using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>The nights that a slice of a survey stood for when something was made of it.</summary>
/// <param name="Slice">As survey.json names it: 7d.</param>
/// <param name="FirstNight">The MJD (UTC) on which it begins.</param>
/// <param name="End">When the last night ends.</param>
public sealed record StoredWindow(
    string Slice,
    [property: JsonPropertyName("firstEpoch")] int FirstNight,
    [property: JsonPropertyName("lastEpoch")] int LastNight,
    DateTimeOffset Start,
    DateTimeOffset End);
