using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>A tile that has data and is not in a survey-wide answer.</summary>
/// <param name="Reason">Why, and what can be done.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MissingTile")]
public sealed record MissingTile([property: Id(0)] string Tile, [property: Id(1)] string Reason)
{
    /// <summary>So many are named in an answer: a message stays small whatever the survey's size.</summary>
    public const int MostNamed = 500;

    private const int LongestReason = 400;

    /// <summary>In the order of their names, with reasons of bounded length.</summary>
    public static ImmutableArray<MissingTile> List(IEnumerable<MissingTile> tiles) =>
    [
        .. tiles.OrderBy(tile => tile.Tile, StringComparer.Ordinal).Take(MostNamed)
            .Select(tile => tile.Reason.Length <= LongestReason
                ? tile : tile with { Reason = string.Concat(tile.Reason.AsSpan(0, LongestReason), "...") }),
    ];
}
