using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <param name="Silo">The silo that computes or computed the block.</param>
/// <param name="Reason">Why the block failed; null otherwise.</param>
/// <param name="Warnings">The estimator's warnings about the block's maps.</param>
/// <param name="Progress">From 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("tsmap.BlockReport")]
public sealed record BlockReport(
    [property: Id(0)] BlockState State,
    [property: Id(1)] string Silo,
    [property: Id(2)] string? Reason,
    [property: Id(3)] ImmutableArray<string> Warnings,
    [property: Id(4)] double Progress);
