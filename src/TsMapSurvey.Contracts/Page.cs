using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>One page of a long list, so that messages stay small however large the survey is.</summary>
/// <param name="Next">The name after which the next page starts; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("tsmap.Page`1")]
public sealed record Page<T>([property: Id(0)] ImmutableArray<T> Items, [property: Id(1)] string? Next)
{
    /// <summary>Upper bound of a page's length: keeps a message below 1 MB.</summary>
    public const int MaxItems = 500;
}
