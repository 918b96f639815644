using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Surveys.Json;

/// <summary>Writes a definition as survey.json, without properties that have their default.</summary>
internal static class SurveyWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(SurveyDefinition definition) => Object(
        (Fields.Name, definition.Name),
        (Fields.Observations, definition.Observations),
        (Fields.Tiling, Tiling(definition.Tiling)),
        (Fields.EnergyAxis, Axis(definition.EnergyAxis)),
        (Fields.TrueEnergyAxis, Axis(definition.TrueEnergyAxis)),
        (Fields.Maps, new JsonObject(definition.Maps.Select(map => KeyValuePair.Create<string, JsonNode?>(map.Key, Map(map.Value))))),
        (Fields.Irfs, definition.Irfs),
        (Fields.Resample, Unless(definition.Resample, false)),
        (Fields.Slices, definition.Slices.SequenceEqual(SurveyDefinition.OnlyAll) ? null : Texts(definition.Slices)),
        (Fields.NightStartUtcHour, Unless(definition.NightStartUtcHour, SurveyDefinition.DefaultNightStartUtcHour)),
        (EventsFields.Events, EventsFields.Write(definition.Events))).ToJsonString(Indented);

    public static string Write(MapDefinition map) => Map(map).ToJsonString(Indented);

    private static JsonObject Tiling(TilingDefinition tiling) => Object(
        (Fields.Kind, tiling.Kind),
        (Fields.Order, tiling.Order),
        (Fields.Frame, tiling.Frame),
        (Fields.Projection, tiling.Projection),
        (Fields.PixelSizeDeg, tiling.PixelSizeDeg),
        (Fields.WidthDeg, tiling.WidthDeg),
        (Fields.HeightDeg, tiling.HeightDeg),
        (Fields.CentreLonDeg, Unless(tiling.CentreLonDeg, 0)),
        (Fields.CentreLatDeg, Unless(tiling.CentreLatDeg, 0)),
        (Fields.TilePixels, tiling.Kind == TilingDefinition.HealpixKind ? null : tiling.TilePixels),
        (Fields.Like, tiling.Like));

    private static JsonObject Axis(AxisDefinition axis) => Object(
        (Fields.MinTeV, axis.MinTeV),
        (Fields.MaxTeV, axis.MaxTeV),
        (Fields.Bins, axis.Bins),
        (Fields.FmocOrder, axis.FmocOrder),
        (Fields.EdgesTeV, axis.EdgesTeV is { } edges ? new JsonArray([.. edges.Select(edge => JsonValue.Create(edge))]) : null),
        (Fields.Like, axis.Like));

    private static JsonObject Map(MapDefinition map) =>
        Object([.. MapOptions.Fields.Select(field => (field, Node(field, map.Values.GetValueOrDefault(field.Name))))]);

    private static JsonNode? Node(Field field, object? value) => value switch
    {
        IReadOnlyList<string> { Count: 0 } => null,
        IReadOnlyList<string> { Count: 1 } words when field is ListField { OrWord: not null } => words[0],
        IReadOnlyList<string> texts => Texts(texts),
        bool flag => flag,
        int integer => integer,
        double number => number,
        _ => (string?)value,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static T? Unless<T>(T value, T defaultValue)
        where T : struct, IEquatable<T> => value.Equals(defaultValue) ? null : value;

    private static JsonObject Object(params (Field Field, JsonNode? Value)[] properties) =>
        new(
        from property in properties where property.Value is not null select KeyValuePair.Create(property.Field.Name, property.Value));
}
