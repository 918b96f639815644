using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>A part of a long list: a message stays small whatever the survey's size.</summary>
/// <param name="Next">The name to ask on after; null: this was the last part.</param>
[GenerateSerializer, Immutable, Alias("tsmap.Page`1")]
public sealed record Page<T>([property: Id(0)] ImmutableArray<T> Items, [property: Id(1)] string? Next)
{
    /// <summary>The most items that one page holds, whatever is asked for: with them it stays below 1 MB.</summary>
    public const int MaxItems = 500;
}
