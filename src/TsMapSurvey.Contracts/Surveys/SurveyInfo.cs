using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>What a survey is; never changes.</summary>
/// <param name="Definition">As survey.json.</param>
/// <param name="Maps">Names of its TS maps.</param>
[GenerateSerializer, Immutable, Alias("tsmap.SurveyInfo")]
public sealed record SurveyInfo(
    [property: Id(0)] string Name,
    [property: Id(1)] string Definition,
    [property: Id(8)] ImmutableArray<string> Maps);
