using System.Text;

namespace TsMapSurvey.Fits;

public sealed partial record FitsTableColumn
{
    /// <summary>L.</summary>
    public static FitsTableColumn Booleans(string name, bool[] data, int repeat = 1, int[]? dims = null) =>
        Fixed(name, FitsColumnType.Logical, Array.ConvertAll(data, flag => (byte)(flag ? 'T' : 'F')), null, repeat, dims);

    /// <summary>X: <paramref name="repeat"/> bits for each row, padded to whole bytes.</summary>
    public static FitsTableColumn Bits(string name, bool[] data, int repeat)
    {
        if (repeat < 1 || data.Length % repeat != 0) throw Refused(name, $"{data.Length} bits", $"a multiple of the repeat count {repeat}");
        var (rows, rowBytes) = (data.Length / repeat, (repeat + 7) / 8);
        var bytes = new byte[rows * rowBytes];
        for (var i = 0; i < data.Length; i++)
            if (data[i]) bytes[(i / repeat * rowBytes) + (i % repeat / 8)] |= (byte)(0x80 >> (i % repeat % 8));
        return new(name, FitsColumnType.Bit, null, new FixedCells<byte>(bytes, rowBytes, rows, $"{repeat}X"));
    }

    /// <summary>A: printable ASCII, padded with blanks. Readers drop trailing blanks.</summary>
    /// <param name="width">Characters in a string; null uses the longest string. A longer string throws.</param>
    /// <param name="perRow">Strings in a row; if more than one, TDIM is written.</param>
    public static FitsTableColumn Strings(string name, string[] data, string? unit = null, int? width = null, int perRow = 1)
    {
        var characters = Math.Max(1, width ?? data.Select(text => text.Length).DefaultIfEmpty().Max());
        var bytes = new byte[checked(data.Length * characters)];
        bytes.AsSpan().Fill((byte)' ');
        for (var i = 0; i < data.Length; i++)
        {
            if (data[i].Length > characters) throw Refused(name, data[i], $"at most {characters} characters");
            Encode(name, data[i], bytes.AsSpan(i * characters));
        }

        return Fixed(name, FitsColumnType.Character, bytes, unit, checked(characters * perRow), perRow == 1 ? null : [characters, perRow]);
    }

    /// <summary>PA: one string of variable length for each row.</summary>
    public static FitsTableColumn VariableStrings(string name, string[] rows, string? unit = null) =>
        Variable(name, FitsColumnType.Character, Array.ConvertAll(rows, text =>
        {
            var bytes = new byte[text.Length];
            Encode(name, text, bytes);
            return bytes;
        }), unit);

    private static void Encode(string name, string text, Span<byte> bytes)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~')) throw Refused(name, text, "printable ASCII");
        Encoding.ASCII.GetBytes(text, bytes);
    }
}
