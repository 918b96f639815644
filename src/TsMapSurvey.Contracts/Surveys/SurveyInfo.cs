using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>What a survey is; never changes.</summary>
/// <param name="Definition">As survey.json.</param>
/// <param name="GridWidth">Pixels of the survey's grid.</param>
/// <param name="TileColumns">Tiles across; tile names are xCCCyRRR.</param>
/// <param name="HaloPixels">Around each tile's own pixels in its stack.</param>
/// <param name="Maps">Names of its TS maps.</param>
[GenerateSerializer, Immutable, Alias("tsmap.SurveyInfo")]
public sealed record SurveyInfo(
    [property: Id(0)] string Name,
    [property: Id(1)] string Definition,
    [property: Id(2)] int GridWidth,
    [property: Id(3)] int GridHeight,
    [property: Id(4)] int TilePixels,
    [property: Id(5)] int TileColumns,
    [property: Id(6)] int TileRows,
    [property: Id(7)] int HaloPixels,
    [property: Id(8)] ImmutableArray<string> Maps);
