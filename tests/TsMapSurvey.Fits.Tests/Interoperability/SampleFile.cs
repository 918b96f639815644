using System.Numerics;

namespace TsMapSurvey.Fits.Tests;

/// <summary>One file with everything that the writer can write, and the values that a reader has to find in it.</summary>
internal static class SampleFile
{
    public const int Rows = 5;

    public static string LongText { get; } = string.Concat(Enumerable.Repeat("{\"livetime\": \"1 s\", \"it's\": '&'} ", 20)) + "end";

    public static Dictionary<string, double[]> Images { get; } = [];

    public static Dictionary<string, double[]> Columns { get; } = [];

    public static Dictionary<string, string[]> Texts { get; } = [];

    public static Dictionary<string, double[][]> Arrays { get; } = [];

    private static double[] Normal { get; } = MakeNormal(24);

    public static FitsHeader Header() => new FitsHeader()
        .Set("OBJECT", "O'Neil's object", "what was seen")
        .Set("EMPTY", "")
        .Set("META", LongText)
        .Set("QUOTES", "'one' 'two'")
        .Set("NINTY", 90, "[deg] latitude of the pole")
        .Set("HUGEINT", long.MinValue)
        .Set("EXACT", -1.2345678901234567e-100, "all digits")
        .Set("TINY", 1e-5)
        .Set("ROUND", 1e22)
        .Set("YES", true)
        .Set("ESO TEL FOCU SCALE", 1.489, "deg/m")
        .Set("LONGKEYWORD", "text of a hierarch card")
        .Set("NAXIS1", 17)
        .Set("CHECKSUM", "stale")
        .Set("VERBOSE", 1, new string('c', 200))
        .AddComment("a comment of the caller, " + new string('x', 100))
        .AddHistory("made by a test");

    public static void Write(FitsWriter writer)
    {
        writer.WriteEmptyPrimary(Header());
        WriteImages(writer);
        WriteTables(writer);
    }

    private static void WriteImages(FitsWriter writer)
    {
        int[] axes = [4, 3, 2];
        var edges = new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0 };
        double[] doubles = [.. edges, .. Normal[4..]];
        var singles = Array.ConvertAll(doubles, value => (float)value);
        writer.WriteImage("DOUBLES", axes, doubles, new FitsHeader().Set("BUNIT", "cm-2 s-1").Set("WCSSHAPE", "(4,3,2)"));
        Images["DOUBLES"] = doubles;
        writer.WriteImage("SINGLES", axes, singles);
        writer.WriteImage("AS_SINGLES", axes, doubles, storeAs: FitsElementType.Single);
        Images["SINGLES"] = Images["AS_SINGLES"] = Array.ConvertAll(singles, value => (double)value);
        writer.WriteImage("LONGS", [3], new[] { long.MinValue, long.MaxValue, 5L });
        Images["LONGS"] = [long.MinValue, long.MaxValue, 5];
        writer.WriteImage("INTS", [3], new[] { int.MinValue, int.MaxValue, 5 });
        Images["INTS"] = [int.MinValue, int.MaxValue, 5];
        writer.WriteImage("SHORTS", [3], new short[] { short.MinValue, short.MaxValue, 5 });
        Images["SHORTS"] = [short.MinValue, short.MaxValue, 5];
        writer.WriteImage("BYTES", [3], new byte[] { 0, 255, 5 });
        Images["BYTES"] = [0, 255, 5];
        writer.WriteImage("MASK", [2], new[] { true, false });
        Images["MASK"] = [1, 0];
        writer.WriteImage("SBYTES", [3], new sbyte[] { -128, 127, 5 });
        Images["SBYTES"] = [-128, 127, 5];
        writer.WriteImage("USHORTS", [3], new ushort[] { 0, ushort.MaxValue, 5 });
        Images["USHORTS"] = [0, ushort.MaxValue, 5];
        writer.WriteImage("UINTS", [3], new uint[] { 0, uint.MaxValue, 5 });
        Images["UINTS"] = [0, uint.MaxValue, 5];
        writer.WriteImage("ULONGS", [3], new ulong[] { 0, ulong.MaxValue, 5 });
        Images["ULONGS"] = [0, ulong.MaxValue, 5];
        writer.WriteImage("NOTHING", [], ReadOnlySpan<double>.Empty);
        foreach (var type in new[] { FitsElementType.Byte, FitsElementType.Int16, FitsElementType.Int32, FitsElementType.Int64 })
        {
            double[] values = [0.25, double.NaN, 1.5, 100.25 * 0.25];
            var scaling = new FitsScaling(0.25, 0.0625, 200);
            values = [.. values.Select(value => double.IsNaN(value) ? value : 0.0625 + (0.25 * Math.Round(value / 0.25)))];
            writer.WriteImage($"SCALED_{type}".ToUpperInvariant(), [2, 2], values, null, type, scaling);
            Images[$"SCALED_{type}".ToUpperInvariant()] = values;
        }
    }

    private static void WriteTables(FitsWriter writer)
    {
        string[] texts = ["alpha", "", "it's", "  lead", "a longer text than the others"];
        double[] numbers = Normal[..Rows];
        bool[] flags = [true, false, true, true, false];
        Complex[] pairs = [.. numbers.Select(value => new Complex(value, -value))];
        double[][] ragged = [.. Enumerable.Range(0, Rows).Select(row => Normal[..(row * row % 7)])];
        Columns["D"] = Columns["E"] = numbers;
        Columns["GRID"] = [.. Enumerable.Range(0, Rows * 6).Select(i => i * 0.5)];
        Columns["L"] = Columns["U16"] = Array.ConvertAll(flags, flag => flag ? 1.0 : 0.0);
        Columns["X"] = [.. Enumerable.Range(0, Rows * 11).Select(i => i % 3 == 0 ? 1.0 : 0)];
        Columns["NULLS"] = [1, 2, double.NaN, 4, 5];
        Columns["SCALED"] = [.. new[] { 1.0, 2, 3, 4, 5 }.Select(value => (value * 0.5) + 10)];
        Columns["U64"] = [0, 1, ulong.MaxValue, 5, 6];
        (Texts["TEXT"], Texts["PTEXT"], Texts["PAIRS"]) = (texts, texts, [.. texts.SelectMany(text => new[] { text.Trim(), "b" })]);
        (Arrays["PD"], Arrays["PM"]) = (ragged, [.. ragged.Select(row => row.SelectMany(value => new[] { value, 1 }).ToArray())]);
        Arrays["PE"] = Arrays["PI"] = Arrays["PB"] = Arrays["PJ"] = Arrays["PK"] =
            [.. ragged.Select(row => row.Select((_, i) => (double)i).ToArray())];
        var small = Arrays["PE"];
        writer.WriteTable("EVERYTHING",
        [
            FitsTableColumn.Doubles("D", numbers, "TeV"),
            FitsTableColumn.Singles("E", Array.ConvertAll(numbers, value => (float)value), "cm2 s"),
            FitsTableColumn.Doubles("GRID", Columns["GRID"], "MeV-1 s-1 sr-1", 6, [3, 2]) with { Display = "F8.3" },
            FitsTableColumn.Booleans("L", flags),
            FitsTableColumn.Bits("X", Array.ConvertAll(Columns["X"], value => value > 0), 11),
            FitsTableColumn.Integers("K", [long.MinValue, long.MaxValue, 0, 1, 2]),
            FitsTableColumn.Int32s("J", [1, 2, 3, 4, 5]),
            FitsTableColumn.Int16s("NULLS", [1, 2, -999, 4, 5], "s") with { Null = -999 },
            FitsTableColumn.Int16s("SCALED", [1, 2, 3, 4, 5]) with { Scale = 0.5, Zero = 10 },
            FitsTableColumn.Bytes("B", [0, 255, 3, 4, 5]),
            FitsTableColumn.UInt16s("U16", Array.ConvertAll(flags, flag => flag ? (ushort)1 : (ushort)0)),
            FitsTableColumn.UInt32s("U32", [0, uint.MaxValue, 3, 4, 5]),
            FitsTableColumn.UInt64s("U64", [0, 1, ulong.MaxValue, 5, 6]),
            FitsTableColumn.SBytes("S8", [-128, 127, 0, -1, 1]),
            FitsTableColumn.ComplexSingles("C", pairs),
            FitsTableColumn.ComplexDoubles("M", pairs),
            FitsTableColumn.Strings("TEXT", texts),
            FitsTableColumn.Strings("PAIRS", Texts["PAIRS"], perRow: 2),
            FitsTableColumn.VariableStrings("PTEXT", texts),
            FitsTableColumn.VariableDoubles("PD", ragged, "sr-1"),
            FitsTableColumn.VariableSingles("PE", Array.ConvertAll(small, row => Array.ConvertAll(row, value => (float)value))),
            FitsTableColumn.VariableIntegers("PK", Array.ConvertAll(small, row => Array.ConvertAll(row, value => (long)value))),
            FitsTableColumn.VariableInt32s("PJ", Array.ConvertAll(small, row => Array.ConvertAll(row, value => (int)value))),
            FitsTableColumn.VariableInt16s("PI", Array.ConvertAll(small, row => Array.ConvertAll(row, value => (short)value))),
            FitsTableColumn.VariableBytes("PB", Array.ConvertAll(small, row => Array.ConvertAll(row, value => (byte)value))),
            FitsTableColumn.VariableComplexDoubles(
                "PM", Array.ConvertAll(ragged, row => Array.ConvertAll(row, value => new Complex(value, 1)))),
        ], new FitsHeader().Set("MJDREFI", 51910).Set("META", LongText));
        writer.WriteTable(
            "NOROWS", [FitsTableColumn.Doubles("D", []), FitsTableColumn.Strings("A", []), FitsTableColumn.VariableDoubles("P", [])]);
        writer.WriteTable("NOCOLUMNS", []);
    }

    /// <summary>Values that a single holds exactly, so that E and D columns can share them.</summary>
    private static double[] MakeNormal(int count)
    {
        var random = new Random(4711);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
    }
}
