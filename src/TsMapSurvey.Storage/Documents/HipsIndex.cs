using System.IO.Hashing;
using System.Text;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// What a version of a layer's HiPS is made of. Written once; it follows from the parts, so that it can be written again.
/// </summary>
public sealed record HipsIndex
{
    /// <summary>Null: the current schema. A version that does not know a later one makes the index again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Schema { get; init; }

    /// <summary>Name of the layer.</summary>
    public required string Layer { get; init; }

    /// <summary>The tiles of which anything is published, ordered by name.</summary>
    public required IReadOnlyList<HipsPart> Parts { get; init; }

    /// <summary>The MJD (UTC) on which the first night of the observations begins; null if the survey does not record times.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FirstNight { get; init; }

    /// <summary>The same of the last night.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LastNight { get; init; }

    /// <summary>The sum of the parts' revisions.</summary>
    [JsonIgnore]
    public long Revision => Parts.Sum(part => part.Revision);

    /// <summary>When the newest part was made; null without parts.</summary>
    [JsonIgnore]
    public DateTimeOffset? MadeAt => Parts.Count == 0 ? null : Parts.Max(part => part.MadeAt);

    public byte[] Format() => DocumentJson.Format(this, DocumentJson.Default.HipsIndex);

    /// <summary>Null if it is damaged, or of an unknown schema.</summary>
    public static HipsIndex? Parse(ReadOnlySpan<byte> json) =>
        DocumentJson.ParseOrNull(json, DocumentJson.Default.HipsIndex) is { Schema: null } index ? index : null;
}

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
