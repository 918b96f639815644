namespace TsMapSurvey.Sky;

/// <summary>
/// A dimension of a MOC (IVOA MOC 2.0, section 3): a cell of one order is divided into 2 to the power of <see cref="Bits"/> cells of the
/// next. Ranges count the cells of the finest order.
/// </summary>
/// <param name="Prefix">The letter that names the dimension in text.</param>
/// <param name="BaseCells">Number of cells of order 0.</param>
internal sealed record MocAxis(char Prefix, int MaxOrder, int Bits, int BaseCells)
{
    /// <summary>HEALPix cells in nested numbering, orders 0 to 29.</summary>
    public static MocAxis Space { get; } = new('s', 29, 2, 12);

    /// <summary>Powers of two of a microsecond since JD 0 (TCB), orders 0 to 61.</summary>
    public static MocAxis Time { get; } = new('t', 61, 1, 2);

    /// <summary>The axis as one range.</summary>
    public CellRange Whole => new(0, (long)BaseCells << Shift(0));

    /// <summary>A cell of the order has 2 to this power cells of the finest order.</summary>
    public int Shift(int order) => Bits * (MaxOrder - order);

    /// <summary>Number of cells of an order.</summary>
    public long Cells(int order) => (long)BaseCells << (Bits * order);

    /// <summary>The coarsest order whose cells have all ends of the ranges as borders.</summary>
    public int OrderOf(ReadOnlySpan<CellRange> ranges)
    {
        var all = 0L;
        foreach (var range in ranges) all |= range.First | range.End;
        return all == 0 ? 0 : Math.Max(0, MaxOrder - (int)long.TrailingZeroCount(all) / Bits);
    }
}
