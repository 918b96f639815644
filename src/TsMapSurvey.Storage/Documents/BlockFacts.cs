using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>The silo that computed a row block of a job, and the warnings of its maps. Written once, after the maps.</summary>
public sealed record BlockFacts(string Silo, IReadOnlyList<string> Warnings)
{
    /// <inheritdoc cref="MapFacts.Schema"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Schema { get; init; }

    public byte[] Format() => DocumentJson.Format(this, DocumentJson.Indented.BlockFacts);

    /// <summary>Null if it is damaged or has no checksum (as in older versions); the block is then computed again.</summary>
    public static BlockFacts? Parse(ReadOnlySpan<byte> json) =>
        DocumentJson.ParseOrNull(json, DocumentJson.Default.BlockFacts) is { Schema: null } facts ? facts : null;
}
