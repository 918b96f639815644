using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>A survey's definition.</summary>
/// <param name="Definition">The survey.json.</param>
/// <param name="Maps">Names of its TS maps.</param>
[GenerateSerializer, Immutable, Alias("tsmap.SurveyInfo")]
public sealed record SurveyInfo(
    [property: Id(0)] string Name,
    [property: Id(1)] string Definition,
    [property: Id(8)] ImmutableArray<string> Maps);
