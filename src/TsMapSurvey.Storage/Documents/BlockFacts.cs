using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>Who computed a row block of a job, and what is to be told of its maps; written once, after the maps.</summary>
public sealed record BlockFacts(string Silo, IReadOnlyList<string> Warnings)
{
    /// <inheritdoc cref="MapFacts.Schema"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Schema { get; init; }

    public byte[] Format() => DocumentJson.Format(this, DocumentJson.Indented.BlockFacts);

    /// <summary>Null for what is damaged, or has no checksum as in earlier versions: the block is computed again.</summary>
    public static BlockFacts? Parse(ReadOnlySpan<byte> json) =>
        DocumentJson.ParseWhole(json, DocumentJson.Default.BlockFacts) is { Schema: null } facts ? facts : null;
}
