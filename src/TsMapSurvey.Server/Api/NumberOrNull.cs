using System.Text.Json;
using System.Text.Json.Serialization;

namespace TsMapSurvey.Server.Api;

/// <summary>Writes non-finite numbers as null, since JSON has no NaN.</summary>
internal sealed class NumberOrNull : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteNullValue();
    }
}
