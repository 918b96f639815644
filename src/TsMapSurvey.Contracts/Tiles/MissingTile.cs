using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>A tile that has data but is missing in a survey-wide answer.</summary>
/// <param name="Reason">Why it is missing, and what can be done.</param>
[GenerateSerializer, Immutable, Alias("tsmap.MissingTile")]
public sealed record MissingTile([property: Id(0)] string Tile, [property: Id(1)] string Reason)
{
    /// <summary>Maximum number of tiles in an answer, so that messages stay small.</summary>
    public const int MaxNamed = 500;

    private const int MaxReasonLength = 400;

    /// <summary>Sorts by name, truncates long reasons, and keeps at most <see cref="MaxNamed"/>.</summary>
    public static ImmutableArray<MissingTile> List(IEnumerable<MissingTile> tiles) =>
    [
        .. tiles.OrderBy(tile => tile.Tile, StringComparer.Ordinal).Take(MaxNamed)
            .Select(tile => tile.Reason.Length <= MaxReasonLength
                ? tile : tile with { Reason = string.Concat(tile.Reason.AsSpan(0, MaxReasonLength), "...") }),
    ];
}
