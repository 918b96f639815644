using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>What is told of a tile's map without its pixels; beside the map, and written once after it.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record MapFacts
{
    /// <summary>Null: the form of now. A later form has a number, and is made again by who does not know it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Schema { get; init; }

    public required string Tile { get; init; }

    public required string Map { get; init; }

    public required long Revision { get; init; }

    /// <summary>Whose observations it is made of; null: all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StoredWindow? Window { get; init; }

    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>Full name of the FluxMaps blob; null when there is nothing to see.</summary>
    public string? Blob { get; init; }

    public string? EmptyReason { get; init; }

    public double ComputeSeconds { get; init; }

    /// <summary>Of the tile's own; the others are those of an earlier revision. Null where there is no map.</summary>
    public long? PixelsComputed { get; init; }

    public double? MaxSqrtTs { get; init; }

    /// <summary>Sum inside the mask, over the tile's own pixels and all energies.</summary>
    public double Counts { get; init; }

    /// <summary>The largest of the tile's own pixels and the map's energy bins; of a bin it is the mean weighted with the map's
    /// spectrum.</summary>
    public double ExposureM2S { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The most significant first.</summary>
    public IReadOnlyList<MapPeak> Peaks { get; init; } = [];

    public byte[] Format() => DocumentJson.Format(this, DocumentJson.Default.MapFacts);

    /// <summary>
    /// Null for what is damaged, has no checksum (as in earlier versions) or is not understood: the map is then computed again.
    /// </summary>
    public static MapFacts? Parse(ReadOnlySpan<byte> json) =>
        DocumentJson.ParseWhole(json, DocumentJson.Default.MapFacts) is { Schema: null } facts ? facts : null;
}
