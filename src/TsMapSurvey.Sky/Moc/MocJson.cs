using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace TsMapSurvey.Sky;

/// <summary>
/// MOCs as JSON (IVOA MOC 2.0, section 4.3.3): each order with its cells, for example <c>{"1":[1,2,3],"4":[]}</c>, where an empty list
/// names the maximal order. A space-time MOC is a list: <c>[{"t":{"61":[1,3,5]},"s":{"3":[1,2,3]}}]</c>.
/// </summary>
public static class MocJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 4 };

    /// <summary>UTF-8, without blanks.</summary>
    public static byte[] Format(Moc moc) => Write(json => Write(json, MocAxis.Space, moc.Order, moc.Span));

    /// <summary>The orders of time and space are those of the first element, which has no cells if nothing is covered.</summary>
    public static byte[] Format(SpaceTimeMoc moc) => Write(json =>
    {
        json.WriteStartArray();
        for (var i = 0; i < Math.Max(1, moc.Parts.Length); i++)
        {
            var part = i < moc.Parts.Length ? moc.Parts[i] : new SpaceTimePart([], Moc.Empty(moc.SpaceOrder));
            json.WriteStartObject();
            json.WritePropertyName("t");
            Write(json, MocAxis.Time, i == 0 ? moc.TimeOrder : 0, part.Times.AsSpan());
            json.WritePropertyName("s");
            Write(json, MocAxis.Space, i == 0 ? moc.SpaceOrder : 0, part.Space.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <exception cref="SkyException">It is not a MOC of the sky; the message has the place of the first fault.</exception>
    public static Moc Parse(ReadOnlySpan<byte> json)
    {
        var part = new MocPart(MocAxis.Space);
        Read(json, (ref Utf8JsonReader reader) => Read(ref reader, part));
        return part.ToMoc();
    }

    /// <exception cref="SkyException">It is not a space-time MOC; the message has the place of the first fault.</exception>
    public static SpaceTimeMoc ParseSpaceTime(ReadOnlySpan<byte> json)
    {
        var parts = new List<MocPart>();
        Read(json, (ref Utf8JsonReader reader) =>
        {
            Expect(ref reader, JsonTokenType.StartArray, "a list of times and cells");
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                var (times, cells) = (new MocPart(MocAxis.Time), new MocPart(MocAxis.Space));
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var axis = reader.ValueTextEquals("t") ? times : reader.ValueTextEquals("s") ? cells : null;
                    if (axis is null) throw Wrong(ref reader, "the property t (times) or s (cells)");
                    reader.Read();
                    Read(ref reader, axis);
                }

                parts.AddRange([times, cells]);
                if (parts.Count > Moc.MaxCells) throw SkyErrors.TooManyMocCells(At(ref reader), parts.Count);
            }

            Expect(ref reader, JsonTokenType.EndArray, "the end of the list");
        });
        return SpaceTimeMoc.OfParts(parts);
    }

    private static void Read(ref Utf8JsonReader reader, MocPart part)
    {
        Expect(ref reader, JsonTokenType.StartObject, "an object of orders, each with a list of cells");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!int.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var order))
                throw Wrong(ref reader, "the number of an order");
            part.SetOrder(order, At(ref reader));
            reader.Read();
            Expect(ref reader, JsonTokenType.StartArray, "a list of cells");
            while (reader.Read() && reader.TokenType == JsonTokenType.Number)
            {
                if (!reader.TryGetInt64(out var cell)) throw Wrong(ref reader, "a whole number");
                part.Add(order, cell, cell, At(ref reader));
            }

            Expect(ref reader, JsonTokenType.EndArray, "the number of a cell");
        }

        Expect(ref reader, JsonTokenType.EndObject, "an order or the end of the object");
    }

    private delegate void Reading(ref Utf8JsonReader reader);

    private static void Read(ReadOnlySpan<byte> json, Reading read)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            read(ref reader);
            if (reader.Read()) throw Wrong(ref reader, "the end of the text");
        }
        catch (JsonException exception)
        {
            throw SkyErrors.BadMocText(At(ref reader), exception.Message, "JSON");
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string expected)
    {
        if (reader.TokenType != type) throw Wrong(ref reader, expected);
    }

    private static SkyException Wrong(ref Utf8JsonReader reader, string expected)
    {
        var found = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? reader.GetString()
            : reader.TokenType == JsonTokenType.Number ? System.Text.Encoding.ASCII.GetString(reader.ValueSpan)
            : reader.TokenType.ToString();
        return SkyErrors.BadMocText(At(ref reader), found, expected);
    }

    private static string At(ref Utf8JsonReader reader) =>
        string.Create(CultureInfo.InvariantCulture, $"byte {reader.TokenStartIndex + 1}");

    private static void Write(Utf8JsonWriter json, MocAxis axis, int maxOrder, ReadOnlySpan<CellRange> ranges)
    {
        json.WriteStartObject();
        var finest = -1;
        foreach (var (order, cells) in CellRanges.Cells(axis, ranges))
        {
            json.WriteStartArray(order.ToString(CultureInfo.InvariantCulture));
            foreach (var cell in cells)
                for (var index = cell.First; index < cell.End; index++) json.WriteNumberValue(index);
            json.WriteEndArray();
            finest = order;
        }

        if (finest < maxOrder)
        {
            json.WriteStartArray(maxOrder.ToString(CultureInfo.InvariantCulture));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
