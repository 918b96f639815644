using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TsMapSurvey.Server.Tests.Contract;

/// <summary>
/// A FITS file as JSON to compare: of each HDU the cards of its header, and what its data sum up to. Read by the standard alone and not by
/// the library that wrote it; for images, and for tables of columns of fixed length.
/// </summary>
internal static partial class FitsText
{
    private const int Block = 2880;
    private const int CardLength = 80;

    /// <summary>Checksums differ with every time of writing.</summary>
    private static readonly string[] Left = ["DATE", "CHECKSUM", "DATASUM"];

    public static JsonArray Of(byte[] file)
    {
        var (hdus, at) = (new JsonArray(), 0);
        while (at < file.Length)
        {
            var cards = Cards(file, ref at);
            var axes = Enumerable.Range(1, Number(cards, "NAXIS")).Select(axis => Number(cards, $"NAXIS{axis}")).ToArray();
            var bitpix = Number(cards, "BITPIX");
            var bytes = axes.Length == 0 ? 0 : axes.Aggregate(1, (product, axis) => product * axis) * Math.Abs(bitpix) / 8;
            var data = file.AsMemory(at, bytes + Number(cards, "PCOUNT"));
            var isTable = cards[0].Contains("BINTABLE", StringComparison.Ordinal);
            var kept = cards.Where(card => !Left.Contains(card[..8].TrimEnd()));
            hdus.Add(new JsonObject
            {
                ["cards"] = new JsonArray([.. kept.Select(card => (JsonNode)ContractText.Normal(card.TrimEnd()))]),
                ["data"] = isTable ? Columns(cards, data, axes[0], axes[1]) : Summed(Values(data[..bytes].Span, Code(bitpix))),
            });
            at += (data.Length + Block - 1) / Block * Block;
        }

        return hdus;
    }

    public static byte[] Unfolded(byte[] gzip)
    {
        using var plain = new MemoryStream();
        using (var unfolding = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress)) unfolding.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>Zero if there is no such card.</summary>
    private static int Number(List<string> cards, string key)
    {
        var card = cards.Find(one => one.StartsWith(key.PadRight(8) + "=", StringComparison.Ordinal));
        return card is null ? 0 : int.Parse(card[10..].Split('/')[0], CultureInfo.InvariantCulture);
    }

    private static List<string> Cards(byte[] file, ref int at)
    {
        var cards = new List<string>();
        for (var isOver = false; !isOver; at += Block)
            for (var card = 0; card < Block && !isOver; card += CardLength)
            {
                var text = Encoding.ASCII.GetString(file, at + card, CardLength);
                isOver = text.TrimEnd() == "END";
                if (!isOver && text.Trim().Length > 0) cards.Add(text);
            }

        return cards;
    }

    private static JsonArray Columns(List<string> cards, ReadOnlyMemory<byte> data, int rowBytes, int rows)
    {
        var (columns, offset) = (new JsonArray(), 0);
        foreach (var form in cards.Select(card => Form().Match(card)).Where(match => match.Success))
        {
            var code = form.Groups[2].Value[0];
            var repeat = form.Groups[1].Value is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
            var length = repeat * Length(code);
            var column = new byte[rows * length];
            for (var row = 0; row < rows; row++) data.Span.Slice(row * rowBytes + offset, length).CopyTo(column.AsSpan(row * length));
            columns.Add(code is 'A' ? Text(column) : Summed(Values(column, code)));
            offset += length;
        }

        Assert.Equal(rowBytes, offset);
        return columns;
    }

    private static string Text(byte[] column) => ContractText.Normal(Encoding.ASCII.GetString(column).TrimEnd('\0', ' '));

    private static JsonObject Summed(double[] values) => new()
    {
        ["count"] = values.Length,
        ["nan"] = values.Count(double.IsNaN),
        ["sum"] = GoldenJson.Rounded(values.Where(double.IsFinite).Sum()),
        ["largest"] = GoldenJson.Rounded(values.Where(double.IsFinite).DefaultIfEmpty().Max()),
    };

    private static double[] Values(ReadOnlySpan<byte> data, char code)
    {
        var values = new double[data.Length / Length(code)];
        for (var i = 0; i < values.Length; i++)
        {
            var bytes = data.Slice(i * Length(code), Length(code));
            values[i] = code switch
            {
                'D' => BinaryPrimitives.ReadDoubleBigEndian(bytes),
                'E' => BinaryPrimitives.ReadSingleBigEndian(bytes),
                'K' => BinaryPrimitives.ReadInt64BigEndian(bytes),
                'J' => BinaryPrimitives.ReadInt32BigEndian(bytes),
                'I' => BinaryPrimitives.ReadInt16BigEndian(bytes),
                _ => bytes[0],
            };
        }

        return values;
    }

    private static char Code(int bitpix) => bitpix switch { -64 => 'D', -32 => 'E', 64 => 'K', 32 => 'J', 16 => 'I', _ => 'B' };

    private static int Length(char code) => code switch { 'D' or 'K' => 8, 'E' or 'J' => 4, 'I' => 2, _ => 1 };

    [GeneratedRegex(@"^TFORM\d+ *= '(\d*)([A-Z])")]
    private static partial Regex Form();
}
