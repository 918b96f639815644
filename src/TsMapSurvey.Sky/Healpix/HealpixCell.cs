namespace TsMapSurvey.Sky;

/// <summary>
/// A cell of HEALPix in the nested scheme, in ICRS: the sphere has 12 cells of order 0, and every cell has four children of equal area.
/// </summary>
/// <param name="Order">0 to <see cref="DeepestOrder"/>; nside is 2^order.</param>
/// <param name="Index">0 to 12 * 4^order - 1.</param>
/// <remarks>
/// The lowest 2 * order bits of the index interleave the cell's place in its base cell: even bits count x, towards the north-east, odd bits
/// y, towards the north-west (Gorski et al. 2005, section 4.1).
/// </remarks>
public readonly partial record struct HealpixCell(int Order, long Index)
{
    /// <summary>The deepest order whose indices fit in 62 bits, as in the MOC standard.</summary>
    public const int DeepestOrder = 29;

    /// <summary>The number of cells of an order, 0 to <see cref="DeepestOrder"/>.</summary>
    public static long Count(int order) => 12L << (2 * order);

    /// <summary>True if the order and the index exist.</summary>
    public bool Exists => Order is >= 0 and <= DeepestOrder && Index >= 0 && Index < Count(Order);

    /// <summary>The cell that contains a position in any frame. Each position is in exactly one cell of each order.</summary>
    /// <exception cref="SkyException">The order is not 0 to 29, or the position is not a finite one on the sphere.</exception>
    public static HealpixCell Containing(SkyPosition position, int order)
    {
        if (order is < 0 or > DeepestOrder) throw SkyErrors.BadHealpixOrder(order);
        if (!double.IsFinite(position.LonDeg) || !(Math.Abs(position.LatDeg) <= 90)) throw SkyErrors.NoPosition(position);
        var point = FacePoint.Of(position);
        // Found at the deepest order and shortened, so that a cell's parent is the cell of the lower order.
        const int cells = 1 << DeepestOrder;
        var x = Math.Clamp((long)(point.X * cells), 0, cells - 1);
        var y = Math.Clamp((long)(point.Y * cells), 0, cells - 1);
        var deepest = ((long)point.Face << (2 * DeepestOrder)) | ZOrder.Interleave((uint)x, (uint)y);
        return new HealpixCell(order, deepest >> (2 * (DeepestOrder - order)));
    }

    public SkyPosition Centre => PositionAt(0.5, 0.5);

    /// <summary>The cell's southern, eastern, northern and western corners.</summary>
    public SkyPosition[] Corners() => [PositionAt(0, 0), PositionAt(1, 0), PositionAt(1, 1), PositionAt(0, 1)];

    /// <summary>
    /// The position, ICRS, at x and y inside the cell: 0 to 1 from the southern corner to the north-east and north-west edges.
    /// </summary>
    public SkyPosition PositionAt(double x, double y)
    {
        var (column, row) = ZOrder.Split(Index & ((1L << (2 * Order)) - 1));
        var side = 1.0 / (1 << Order);
        return new FacePoint((int)(Index >> (2 * Order)), (column + x) * side, (row + y) * side).ToSky();
    }

    /// <summary>The cell of the next lower order that contains this one.</summary>
    /// <exception cref="SkyException">The cell is of order 0.</exception>
    public HealpixCell Parent => Order > 0 ? new(Order - 1, Index >> 2) : throw SkyErrors.BadHealpixOrder(-1);

    /// <summary>One of the four cells of the next order in this one: 0 south, 1 east, 2 west, 3 north.</summary>
    /// <exception cref="SkyException">The cell is of the deepest order.</exception>
    public HealpixCell Child(int number) =>
        Order < DeepestOrder ? new(Order + 1, (Index << 2) + number) : throw SkyErrors.BadHealpixOrder(Order + 1);

    public override string ToString() => $"{Order}/{Index}";
}
