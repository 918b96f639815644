using System.Numerics;

namespace TsMapSurvey.Fits;

/// <summary>
/// A column to write. Arrays are not copied; they hold rows x repeat values, row after row. Scale, Zero and Null (TSCAL, TZERO, TNULL)
/// describe the stored values; set them with a <c>with</c> expression.
/// </summary>
public sealed partial record FitsTableColumn
{
    private readonly double _scale = 1;
    private readonly long? _null;

    private FitsTableColumn(string name, FitsColumnType type, string? unit, ColumnCells cells)
    {
        if (name.Length == 0) throw Refused(name, "no name", "a name");
        (Name, Type, Unit, Cells) = (name, type, unit, cells);
    }

    /// <summary>TTYPE.</summary>
    public string Name { get; }

    public FitsColumnType Type { get; }

    /// <summary>TUNIT.</summary>
    public string? Unit { get; init; }

    /// <summary>TDIM, fastest axis first.</summary>
    public int[]? Dimensions { get; private init; }

    /// <summary>TSCAL.</summary>
    public double Scale
    {
        get => _scale;
        init => _scale = value != 0 && double.IsFinite(value) ? value : throw Refused(Name, value, "a finite, non-zero scale");
    }

    /// <summary>TZERO.</summary>
    public double Zero { get; init; }

    /// <summary>TNULL: the stored integer that means "no value".</summary>
    public long? Null
    {
        get => _null;
        init => _null = value is null || Type is FitsColumnType.Byte or FitsColumnType.Int16 or FitsColumnType.Int32 or FitsColumnType.Int64
            ? value
            : throw Refused(Name, value, "no TNULL, which is for integers only");
    }

    /// <summary>TDISP, a Fortran format such as F8.3.</summary>
    public string? Display { get; init; }

    public int RowCount => Cells.Rows;

    internal ColumnCells Cells { get; }

    private static FitsTableColumn Fixed<T>(
        string name, FitsColumnType type, T[] data, string? unit, int repeat, int[]? dimensions, double zero = 0, int unitsPerElement = 1)
        where T : unmanaged
    {
        if (repeat < 0 || (repeat == 0 && data.Length > 0)) throw Refused(name, repeat, "a repeat count of at least 1");
        var units = checked(repeat * unitsPerElement);
        var (rows, rest) = units == 0 ? (0, 0) : Math.DivRem(data.Length, units);
        if (rest != 0) throw Refused(name, $"{data.Length / unitsPerElement} values", $"a multiple of the repeat count {repeat}");
        if (dimensions is not null && (dimensions.Any(length => length < 0)
            || dimensions.Aggregate(new BigInteger(1), (product, length) => product * length) != repeat))
            throw Refused(name, $"dimensions {string.Join(" x ", dimensions)}", $"a product of {repeat}");
        return new(name, type, unit, new FixedCells<T>(data, units, rows, $"{repeat}{(char)type}"))
        { Dimensions = dimensions, Zero = zero };
    }

    private static FitsTableColumn Variable<T>(string name, FitsColumnType type, T[][] rows, string? unit, int unitsPerElement = 1)
        where T : unmanaged => new(name, type, unit, new VariableCells<T>(rows, type, unitsPerElement));

    private static FitsException Refused(string name, object? found, string expected) =>
        FitsErrors.NotWritable(FitsPlace.None, $"column '{name}'", found, expected);
}
