namespace TsMapSurvey.Sky;

// Results have the finer of the two orders, except where stated.
public sealed partial class Moc
{
    public Moc Union(Moc other) => new(Math.Max(Order, other.Order), CellRanges.Union(Span, other.Span));

    public Moc Intersect(Moc other) => new(Math.Max(Order, other.Order), CellRanges.Intersect(Span, other.Span));

    /// <summary>What is in this region and not in the other.</summary>
    public Moc Except(Moc other) => new(Math.Max(Order, other.Order), CellRanges.Except(Span, other.Span));

    /// <summary>The rest of the sky.</summary>
    public Moc Complement() => WholeSky(Order).Except(this);

    public bool Overlaps(Moc other) => CellRanges.Overlap(Span, other.Span);

    /// <summary>The union of many regions, merged in pairs, so that the time grows little more than their ranges.</summary>
    /// <param name="order">The least order of the result.</param>
    public static Moc UnionOf(IEnumerable<Moc> regions, int order = 0)
    {
        var all = regions.ToList();
        if (all.Count == 0) return Empty(order);
        for (; all.Count > 1; all = [.. all.Chunk(2).Select(pair => pair is [var one, var other] ? one.Union(other) : pair[0])])
        {
        }

        return new Moc(Math.Max(Checked(order), all[0].Order), all[0]._ranges);
    }

    /// <summary>
    /// The cells of a coarser order that share an area with the region, which they contain. Unchanged if the order is not coarser.
    /// </summary>
    /// <exception cref="SkyException">The order is not from 0 to 29.</exception>
    public Moc Degrade(int order) =>
        Checked(order) >= Order ? this : new Moc(order, CellRanges.Widen(Span, MocAxis.Space.Shift(order)));

    /// <summary>The same region, coarsened until it has at most this number of ranges.</summary>
    public Moc Within(int maxRanges)
    {
        var region = this;
        while (region._ranges.Length > maxRanges && region.Order > 0) region = region.Degrade(region.Order - 1);
        return region;
    }

    /// <summary>
    /// Cells that together contain all positions within an angle of a position, and nothing farther away than a cell's size more.
    /// </summary>
    public static Moc Around(SkyPosition centre, double radiusDeg, int order) => Where(order, cell =>
    {
        var (distance, cellRadius) = (cell.Centre.SeparationDeg(centre), CellRadiusDeg(cell.Order));
        return distance > radiusDeg + cellRadius ? CellShare.None : distance + cellRadius <= radiusDeg ? CellShare.All : CellShare.Some;
    });

    /// <summary>
    /// An upper bound of the angle from a cell's centre to its farthest corner. The longest cells are those at the edges of the polar caps:
    /// with N = 2^order, their angle times N rises from arccos(2/3) = 48.2 degrees at order 0 to 61.3 degrees for small cells.
    /// </summary>
    public static double CellRadiusDeg(int order) => 63.0 / (1 << order);
}
