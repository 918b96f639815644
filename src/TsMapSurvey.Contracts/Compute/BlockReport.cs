using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <param name="Silo">That computed the block.</param>
/// <param name="Reason">Of a failure.</param>
/// <param name="Warnings">Of the maps.</param>
/// <param name="Progress">From 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("tsmap.BlockReport")]
public sealed record BlockReport(
    [property: Id(0)] BlockState State,
    [property: Id(1)] string Silo,
    [property: Id(2)] string? Reason,
    [property: Id(3)] ImmutableArray<string> Warnings,
    [property: Id(4)] double Progress);
