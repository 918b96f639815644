namespace TsMapSurvey.Fits;

/// <summary>
/// A column of a <see cref="FitsTable"/>. A column of fixed width is read as RowCount x <see cref="Repeat"/> values, row after row; within
/// a row the first of <see cref="Dimensions"/> runs fastest. Numbers are physical: TZERO + TSCAL x stored. Integers equal to TNULL are NaN.
/// </summary>
public sealed partial class FitsColumn
{
    private readonly TableLayout _table;
    private readonly CellBytes _cells;
    private readonly Lazy<FitsScaling> _scaling;
    private readonly Lazy<int[]?> _dimensions;

    private FitsColumn(TableLayout table, int number, ColumnFormat format, long offset)
    {
        _table = table;
        Format = format;
        _cells = new CellBytes(table.Unit, table.RowBytes, offset, format.CellBytes);
        var header = table.Unit.Header;
        Name = header.GetString($"TTYPE{number}")?.TrimEnd(' ') ?? "";
        Unit = header.GetString($"TUNIT{number}")?.Trim(' ') ?? "";
        Number = number;
        // Parsed lazily: a malformed keyword of a column that is never read must not make the file unreadable.
        _scaling = new Lazy<FitsScaling>(() => FitsScaling.Read(header, $"TSCAL{number}", $"TZERO{number}", $"TNULL{number}"));
        _dimensions = new Lazy<int[]?>(ReadDimensions);
    }

    /// <summary>1-based, as in TTYPE1.</summary>
    public int Number { get; }

    /// <summary>TTYPE in its original case; empty if absent.</summary>
    public string Name { get; }

    /// <summary>TUNIT unchanged; empty if absent.</summary>
    public string Unit { get; }

    /// <summary>The type of the elements, also of a variable-length array.</summary>
    public FitsColumnType Type => Format.Type;

    /// <summary>Elements in a row: characters for text, bits for X. 0 or 1 for a variable-length array.</summary>
    public int Repeat => (int)Format.Repeat;

    /// <summary>TDIM, fastest axis first; null if absent.</summary>
    /// <exception cref="FitsException">TDIM is malformed, or has more elements than a row.</exception>
    public int[]? Dimensions => _dimensions.Value;

    /// <summary>Whether each row has an array of its own length. Read these columns with ReadVariable.</summary>
    public bool IsVariable => Format.IsVariable;

    public long RowCount => _table.Rows;

    /// <summary>TSCAL, TZERO and TNULL; the identity if they are absent.</summary>
    /// <exception cref="FitsException">One of them is not a number. Only reading values needs them.</exception>
    public FitsScaling Scaling => _scaling.Value;

    internal ColumnFormat Format { get; }

    private CellCursor Cells => new(_cells, Length(Format.CellBytes, 1), RowCount);

    private FitsPlace Place => _table.Unit.Place;

    private string What => Name.Length == 0 ? $"column {Number}" : $"column {Number} '{Name}'";

    /// <summary>The stored numeric type; for complex numbers the type of each part; None for text, logicals and bits.</summary>
    private FitsElementType Stored => Type switch
    {
        FitsColumnType.Byte => FitsElementType.Byte,
        FitsColumnType.Int16 => FitsElementType.Int16,
        FitsColumnType.Int32 => FitsElementType.Int32,
        FitsColumnType.Int64 => FitsElementType.Int64,
        FitsColumnType.Single or FitsColumnType.ComplexSingle => FitsElementType.Single,
        FitsColumnType.Double or FitsColumnType.ComplexDouble => FitsElementType.Double,
        _ => FitsElementType.None,
    };

    internal static FitsColumn Read(TableLayout table, int number, long offset)
    {
        var (header, place) = (table.Unit.Header, table.Unit.Place);
        if (header.Find($"TFORM{number}")?.Value is not string form)
            throw FitsErrors.MissingKeyword(place, $"TFORM{number}", "the format of a column");
        var format = ColumnFormat.Parse(form, $"TFORM{number}", place);
        return new FitsColumn(table, number, format, offset);
    }

    private int[]? ReadDimensions() => _table.Unit.Header.Find($"TDIM{Number}")?.Value is string text && text.Trim().Length > 0
        ? ColumnFormat.ParseDimensions(text, $"TDIM{Number}", Format.IsVariable ? null : Format.Repeat, Place)
        : null;

    private void EnsureFixed(bool fits, string expected)
    {
        if (IsVariable || !fits)
            throw FitsErrors.WrongType(Place, What, $"{(IsVariable ? "variable-length " : "")}{Type}", expected);
    }

    private void EnsureVariable(bool fits, string expected)
    {
        if (!IsVariable || !fits)
            throw FitsErrors.WrongType(Place, What, $"{(IsVariable ? "variable-length " : "")}{Type}", expected);
    }

    private int Length(long elements, int elementBytes) => _table.Unit.ArrayLength(What, elements, elementBytes);
}
