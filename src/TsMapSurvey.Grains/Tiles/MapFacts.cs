using System.Text.Json;
using System.Text.Json.Serialization;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Epochs;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// What is told of a tile's map without its pixels: the blob <c>surveys/S/maps/TILE/MAP/REVISION.json</c> (of a window, where
/// <see cref="PublishedFolder"/> says), written once, after the map itself, with a checksum.
/// </summary>
internal sealed record MapFacts
{
    public required string Tile { get; init; }

    public required string Map { get; init; }

    public required long Revision { get; init; }

    /// <summary>Whose observations it is made of; null: all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SliceWindow? Window { get; init; }

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

    /// <summary>The blob of the facts of a map's blob.</summary>
    public static string BlobOf(string map) => Path.ChangeExtension(map, ".json");

    public byte[] Format() => SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(this, FactsJson.Default.MapFacts));

    /// <summary>Null for what is damaged, has no checksum (as in earlier versions) or is not understood: the map is then computed again.</summary>
    public static MapFacts? Parse(ReadOnlySpan<byte> json)
    {
        if (SealedJson.Check(json) != SealState.Whole) return null;
        try
        {
            return JsonSerializer.Deserialize(json, FactsJson.Default.MapFacts);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A peak in the tile, in ICRS.</summary>
internal sealed record MapPeak(
    double RaDeg, double DecDeg, double SqrtTs, double Ts, double Flux, double FluxErr, int EnergyBin, double EnergyMinTeV, double EnergyMaxTeV,
    double FluxUl, double PosErrDeg, double PosErrMajorDeg, double PosErrMinorDeg, double PosErrAngleDeg, bool AtEdge);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(MapFacts))]
internal sealed partial class FactsJson : JsonSerializerContext;
