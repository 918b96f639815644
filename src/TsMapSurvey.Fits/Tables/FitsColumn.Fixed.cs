using System.Numerics;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

public sealed partial class FitsColumn
{
    /// <summary>
    /// Reads numbers (B I J K E D), or logicals and bits as 1 and 0 and an undefined logical as NaN. Returns RowCount x Repeat values.
    /// </summary>
    /// <exception cref="FitsException">The column holds text, complex numbers or variable-length arrays.</exception>
    public double[] ReadDoubles()
    {
        EnsureFixed(IsReal, "a numeric column");
        var values = GC.AllocateUninitializedArray<double>(Length(Elements, sizeof(double)));
        if (Stored == FitsElementType.None) ReadFlags().CopyTo(values, 0);
        else Data.ReadDoubles(0, values);
        return values;
    }

    /// <summary>Reads consecutive values from a 0-based index below RowCount x Repeat. Reads only the rows that hold them.</summary>
    /// <exception cref="FitsException">The values are not all inside the column, or the column holds no numbers (B I J K E D).</exception>
    public void ReadDoubles(long firstElement, Span<double> destination)
    {
        EnsureFixed(IsReal && Stored != FitsElementType.None, "a numeric column");
        Data.ReadDoubles(firstElement, destination);
    }

    /// <inheritdoc cref="ReadDoubles()"/>
    public float[] ReadSingles()
    {
        EnsureFixed(IsReal && Stored != FitsElementType.None, "a numeric column");
        var values = GC.AllocateUninitializedArray<float>(Length(Elements, sizeof(float)));
        Data.ReadSingles(0, values);
        return values;
    }

    /// <summary>
    /// Reads exact integers; bits and logicals as 1 and 0. Every stored numeric type is accepted if all values are integral.
    /// </summary>
    /// <param name="blank">Replaces TNULL and NaN; if null, they throw.</param>
    /// <exception cref="FitsException">A value is not a 64-bit integer, or the column holds no numbers.</exception>
    public long[] ReadIntegers(long? blank = null)
    {
        EnsureFixed(IsReal, "a numeric column");
        if (Stored == FitsElementType.None) return Array.ConvertAll(ReadBooleans(), flag => flag ? 1L : 0L);
        var values = GC.AllocateUninitializedArray<long>(Length(Elements, sizeof(long)));
        Data.ReadIntegers(0, values, blank);
        return values;
    }

    /// <summary>Reads logicals (an undefined one as false) or bits. Returns RowCount x Repeat values.</summary>
    /// <exception cref="FitsException">The column is neither L nor X.</exception>
    public bool[] ReadBooleans()
    {
        EnsureFixed(Type is FitsColumnType.Logical or FitsColumnType.Bit, "a column of logicals or bits");
        return Array.ConvertAll(ReadFlags(), value => value > 0);
    }

    /// <summary>Reads complex numbers (C M). Returns RowCount x Repeat values. TZERO is added to the real part only.</summary>
    /// <exception cref="FitsException">The column is neither C nor M.</exception>
    public Complex[] ReadComplex()
    {
        EnsureFixed(IsComplex, "a complex column");
        var values = GC.AllocateUninitializedArray<Complex>(Length(Elements, 16));
        var parts = MemoryMarshal.Cast<Complex, double>(values.AsSpan());
        new ElementData(_cells, Stored, Scaling with { Zero = 0, Blank = null }, Elements * 2, What, Place).ReadDoubles(0, parts);
        for (var i = 0; Scaling.Zero != 0 && i < parts.Length; i += 2) parts[i] += Scaling.Zero;
        return values;
    }

    private bool IsReal => Type is not (FitsColumnType.Character or FitsColumnType.ComplexSingle or FitsColumnType.ComplexDouble);

    private bool IsComplex => Type is FitsColumnType.ComplexSingle or FitsColumnType.ComplexDouble;

    private long Elements => RowCount * Format.Repeat;

    private ElementData Data => new(_cells, Stored, Scaling, Elements, What, Place);

    /// <summary>1, 0, or NaN for an undefined logical.</summary>
    private double[] ReadFlags()
    {
        var flags = new double[Length(Elements, sizeof(double))];
        var cells = Cells;
        for (int row = 0, i = 0; i < flags.Length; row++, i += Repeat) DecodeFlags(cells.Row(row), flags.AsSpan(i, Repeat));
        return flags;
    }

    private void DecodeFlags(ReadOnlySpan<byte> cell, Span<double> flags)
    {
        for (var i = 0; i < flags.Length; i++)
            flags[i] = Type == FitsColumnType.Bit
                ? (cell[i / 8] >> (7 - (i % 8))) & 1 : cell[i] switch { (byte)'T' => 1, (byte)'F' => 0, _ => double.NaN };
    }
}
