namespace TsMapSurvey.Sky;

/// <summary>Collects the cells of one dimension while a MOC is read; every number is checked.</summary>
internal sealed class MocPart(MocAxis axis)
{
    private readonly List<CellRange> _ranges = [];

    public MocAxis Axis => axis;

    /// <summary>The finest order that was named.</summary>
    public int Order { get; private set; }

    /// <exception cref="SkyException">The dimension has no such order.</exception>
    public void SetOrder(long order, string where)
    {
        if (order < 0 || order > axis.MaxOrder) throw SkyErrors.BadMocOrder(where, axis, order);
        Order = Math.Max(Order, (int)order);
    }

    /// <param name="last">The last cell, inclusive.</param>
    /// <exception cref="SkyException">There is no such cell, or too many were added.</exception>
    public void Add(int order, long first, long last, string where)
    {
        if (first < 0 || first >= axis.Cells(order)) throw SkyErrors.BadMocCell(where, axis, order, first);
        if (last < first || last >= axis.Cells(order)) throw SkyErrors.BadMocCell(where, axis, order, last);
        if (_ranges.Count == Moc.MaxCells) throw SkyErrors.TooManyMocCells(where, _ranges.Count + 1L);
        var shift = axis.Shift(order);
        _ranges.Add(new CellRange(first << shift, (last + 1) << shift));
    }

    public CellRange[] Ranges() => CellRanges.Of(_ranges);

    public Moc ToMoc() => Moc.OfRanges(_ranges, Order);
}
