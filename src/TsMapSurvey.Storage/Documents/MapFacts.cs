using System.Text.Json.Serialization;

namespace TsMapSurvey.Storage.Documents;

/// <summary>Summary of a tile's map without its pixels. It lies beside the map and is written once, after it.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record MapFacts
{
    /// <summary>Null: the current schema. Later schemas have a number; a version that does not know it computes the map again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Schema { get; init; }

    public required string Tile { get; init; }

    public required string Map { get; init; }

    public required long Revision { get; init; }

    /// <summary>The window whose observations the map contains; null: all observations.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StoredWindow? Window { get; init; }

    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>Full name of the FluxMaps blob; null if the map is empty.</summary>
    public string? Blob { get; init; }

    public string? EmptyReason { get; init; }

    public double ComputeSeconds { get; init; }

    /// <summary>
    /// How many of the tile's own pixels were fitted; the others were copied from an earlier revision. Null if there is no map.
    /// </summary>
    public long? PixelsComputed { get; init; }

    public double? MaxSqrtTs { get; init; }

    /// <summary>Sum inside the mask over the tile's own pixels and all energies.</summary>
    public double Counts { get; init; }

    /// <summary>
    /// The largest value of the tile's own pixels and the map's energy bins, in m2 s. A bin's value is the mean weighted with the map's
    /// spectrum.
    /// </summary>
    public double ExposureM2S { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Most significant first.</summary>
    public IReadOnlyList<MapPeak> Peaks { get; init; } = [];

    public byte[] Format() => DocumentJson.Format(this, DocumentJson.Default.MapFacts);

    /// <summary>
    /// Null if it is damaged, has no checksum (as in older versions) or is of an unknown schema; the map is then computed again.
    /// </summary>
    public static MapFacts? Parse(ReadOnlySpan<byte> json) =>
        DocumentJson.ParseOrNull(json, DocumentJson.Default.MapFacts) is { Schema: null } facts ? facts : null;
}
