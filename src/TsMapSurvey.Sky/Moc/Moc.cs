using System.Runtime.InteropServices;

namespace TsMapSurvey.Sky;

/// <summary>
/// A region of the sky as a multi-order coverage map (IVOA MOC 2.0): HEALPix cells of several orders, nested numbering, ICRS. Kept as
/// sorted, disjoint ranges of cells of order 29.
/// </summary>
public sealed partial class Moc : IEquatable<Moc>
{
    /// <summary>Largest number of cells or ranges that are read from text or files.</summary>
    public const int MaxCells = 1 << 21;

    private readonly CellRange[] _ranges;

    private Moc(int order, CellRange[] ranges) => (Order, _ranges) = (order, ranges);

    /// <summary>The maximal order: no cell is finer.</summary>
    public int Order { get; }

    /// <summary>Cells of order 29: sorted, disjoint and not adjacent.</summary>
    public IReadOnlyList<CellRange> Ranges => _ranges;

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The part of the sky, 0 to 1.</summary>
    public double SkyFraction => _ranges.Sum(range => (double)(range.End - range.First)) / MocAxis.Space.Whole.End;

    public double AreaDeg2 => SkyFraction * 4 * Math.PI * Degrees.PerRadian * Degrees.PerRadian;

    /// <summary>Bytes of its ranges in memory.</summary>
    public long ByteSize => 16L * _ranges.Length;

    internal ReadOnlySpan<CellRange> Span => _ranges;

    /// <exception cref="SkyException">The order is not from 0 to 29.</exception>
    public static Moc Empty(int order) => new(Checked(order), []);

    /// <exception cref="SkyException">The order is not from 0 to 29.</exception>
    public static Moc WholeSky(int order) => new(Checked(order), [MocAxis.Space.Whole]);

    /// <summary>The union of cells; the order is that of the finest cell, or a finer one.</summary>
    /// <exception cref="SkyException">The order is not from 0 to 29, or a cell does not exist.</exception>
    public static Moc OfCells(IEnumerable<HealpixCell> cells, int order = 0)
    {
        var ranges = new List<CellRange>();
        Checked(order);
        foreach (var cell in cells)
        {
            if (!cell.Exists) throw SkyErrors.NoCell(cell);
            ranges.Add(RangeOf(cell));
            order = Math.Max(order, cell.Order);
        }

        return new Moc(order, CellRanges.Of(ranges));
    }

    /// <summary>The union of ranges of order 29, in any order; the maximal order is the coarsest that is exact, or a finer one.</summary>
    /// <exception cref="SkyException">The order is not from 0 to 29, or a range is empty, reversed or beyond the last cell.</exception>
    public static Moc OfRanges(IEnumerable<CellRange> ranges, int order = 0)
    {
        Checked(order);
        var list = ranges.ToList();
        foreach (var range in list)
            if (range.First < 0 || range.End <= range.First || range.End > MocAxis.Space.Whole.End) throw SkyErrors.BadCellRange(range);
        var all = CellRanges.Of(list);
        return new Moc(Math.Max(order, MocAxis.Space.OrderOf(all)), all);
    }

    /// <summary>The region that a function describes. It is asked about a cell only if the answer about its parent was "some".</summary>
    /// <exception cref="SkyException">The order is not from 0 to 29.</exception>
    public static Moc Where(int order, Func<HealpixCell, CellShare> share)
    {
        Checked(order);
        var ranges = new List<CellRange>();
        void Visit(HealpixCell cell)
        {
            var found = share(cell);
            if (found == CellShare.All || (found == CellShare.Some && cell.Order == order)) ranges.Add(RangeOf(cell));
            else if (found == CellShare.Some)
                for (var child = 0; child < 4; child++) Visit(cell.Child(child));
        }

        for (var cell = 0; cell < MocAxis.Space.BaseCells; cell++) Visit(new HealpixCell(0, cell));
        return new Moc(order, CellRanges.Of(ranges));
    }

    /// <summary>Whether the position, in any frame, is in the region.</summary>
    /// <exception cref="SkyException">It is not a finite position on the sphere.</exception>
    public bool Contains(SkyPosition position) => Contains(HealpixCell.Containing(position, HealpixCell.DeepestOrder));

    /// <summary>Whether the whole cell is in the region.</summary>
    public bool Contains(HealpixCell cell) => CellRanges.Contains(_ranges, RangeOf(cell));

    /// <summary>The region as its largest cells, by order and number.</summary>
    public IEnumerable<HealpixCell> Cells()
    {
        foreach (var (order, cells) in CellRanges.Cells(MocAxis.Space, _ranges))
            foreach (var range in cells)
                for (var index = range.First; index < range.End; index++) yield return new HealpixCell(order, index);
    }

    public bool Equals(Moc? other) => other is not null && Order == other.Order && Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => Equals(obj as Moc);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Order);
        hash.AddBytes(MemoryMarshal.AsBytes(Span));
        return hash.ToHashCode();
    }

    private static CellRange RangeOf(HealpixCell cell)
    {
        var shift = MocAxis.Space.Shift(cell.Order);
        return new CellRange(cell.Index << shift, (cell.Index + 1) << shift);
    }

    private static int Checked(int order) =>
        order is >= 0 and <= HealpixCell.DeepestOrder ? order : throw SkyErrors.BadMocOrder("", MocAxis.Space, order);
}
