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
