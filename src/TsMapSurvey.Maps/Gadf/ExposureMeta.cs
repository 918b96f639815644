using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>The META keyword of an exposure: JSON with the live time as a quantity, {"livetime": "1500.0 s"}.</summary>
internal static class ExposureMeta
{
    /// <summary>The live time in seconds; null if absent or unreadable, since it is only informative.</summary>
    public static double? ReadLiveTimeS(string? meta)
    {
        try
        {
            if (meta is null) return null;
            using var json = JsonDocument.Parse(meta);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("livetime", out var live))
                return null;
            return live.ValueKind == JsonValueKind.Number ? live.GetDouble() : Quantity.Parse(live.GetString() ?? "").In("s", "livetime");
        }
        catch (Exception exception) when (exception is JsonException or MapException or FormatException)
        {
            return null;
        }
    }

    public static string Write(double? liveTimeS) =>
        liveTimeS is { } seconds ? $"{{\"livetime\": \"{seconds.ToString("R", CultureInfo.InvariantCulture)} s\"}}" : "{}";
}
