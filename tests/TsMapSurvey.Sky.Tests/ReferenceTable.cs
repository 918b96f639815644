using System.Text.Json;

namespace TsMapSurvey.Sky.Tests;

/// <summary>A header of a reference table, with the results of astropy and wcslib.</summary>
internal sealed record ReferenceHeader(string Name, SkyGrid Grid, JsonElement Json)
{
    internal Wcs Wcs => Grid.Wcs;

    internal IEnumerable<double[]> Rows(string table) =>
        Json.GetProperty(table).EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray());
}

/// <summary>The tables that Reference/make_reference.py writes, embedded in this assembly.</summary>
internal static class ReferenceTable
{
    internal static readonly string[] WcsTables =
        ["wcs-real.json", "wcs-car.json", "wcs-oblique.json", "wcs-tan.json", "wcs-zenithal.json", "wcs-allsky.json"];

    internal static readonly string[] All = [.. WcsTables, "frames.json", "distances.json", "solid-angles.json"];

    internal static JsonElement Load(string name)
    {
        using var stream = typeof(ReferenceTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"no reference table {name}");
        return JsonDocument.Parse(stream).RootElement;
    }

    internal static IEnumerable<ReferenceHeader> Headers(string table) =>
        Load(table).GetProperty("headers").EnumerateArray().Select(header => Read(header, table));

    internal static ReferenceHeader Header(string table, string name) => Headers(table).Single(header => header.Name == $"{table} {name}");

    internal static ReferenceHeader Read(JsonElement header, string table) => new(
        $"{table} {header.GetProperty("name").GetString()}",
        new SkyGrid(
            Wcs.Read(Cards(header.GetProperty("cards"))), header.GetProperty("width").GetInt32(), header.GetProperty("height").GetInt32()),
        header);

    internal static Dictionary<string, object> Cards(JsonElement cards) => cards.EnumerateObject().ToDictionary(card => card.Name, Value);

    private static object Value(JsonProperty card) => card.Value.ValueKind == JsonValueKind.String ? card.Value.GetString()!
        : card.Value.TryGetInt64(out var whole) && !card.Value.GetRawText().Contains('.', StringComparison.Ordinal) ? whole
        : card.Value.GetDouble();
}
