using System.IO.Hashing;
using System.Text;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>A tile in a HiPS.</summary>
/// <param name="MadeAt">When its map was computed, or its stack committed.</param>
/// <param name="Blob">The map, or the stack, whose pixels it shows; null if the tile has no pixels at this revision.</param>
public sealed record HipsPart(
    string Tile, long Revision, DateTimeOffset MadeAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Blob = null)
{
    /// <summary>A hash of parts: equal for equal pixels, also if a store was emptied and its revisions start again.</summary>
    /// <param name="parts">Ordered by tile.</param>
    public static string Digest(IEnumerable<HipsPart> parts)
    {
        var text = string.Join('\n', parts.Select(part =>
            FormattableString.Invariant($"{part.Tile} {part.Revision} {part.MadeAt.UtcTicks}")));
        return Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(text)));
    }
}
