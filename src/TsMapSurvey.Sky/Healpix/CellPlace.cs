namespace TsMapSurvey.Sky;

/// <summary>
/// A cell's place in its base cell: column x towards the north-east and row y towards the north-west, both from 0 to side - 1. Knows which
/// places are adjacent, also across the edges of base cells.
/// </summary>
/// <remarks>
/// The base cells are four northern ones (0 to 3, centred at longitudes 45, 135, 225 and 315 degrees), four at the equator (4 to 7, at 0,
/// 90, 180 and 270) and four southern ones (8 to 11, below the northern ones): Gorski et al. 2005, figure 4. A step that leaves a base cell
/// arrives at the edge of the next. Two polar base cells meet along a meridian, where the edge that has x along it in one has y along it in
/// the other, so that the axes turn: what was +x is -y behind the edge in the north, and so on.
/// </remarks>
internal readonly record struct CellPlace(int Face, int X, int Y, int Side)
{
    public static CellPlace Of(HealpixCell cell)
    {
        var (x, y) = ZOrder.Split(cell.Index & ((1L << (2 * cell.Order)) - 1));
        return new CellPlace((int)(cell.Index >> (2 * cell.Order)), (int)x, (int)y, 1 << cell.Order);
    }

    public HealpixCell ToCell(int order) => new(order, ((long)Face << (2 * order)) | ZOrder.Interleave((uint)X, (uint)Y));

    /// <summary>The place one step along x, along y or, with two, diagonally; null where three cells meet and there is no diagonal
    /// neighbour.</summary>
    public CellPlace? Moved(int dx, int dy)
    {
        if (dx == 0 || dy == 0) return Step(dx, dy).Place;
        // Both ways round the corner lead to the diagonal neighbour, unless only three cells meet there.
        var (one, other) = (Then(Step(dx, 0), 0, dy), Then(Step(0, dy), dx, 0));
        return one == other ? one : null;
    }

    private static CellPlace Then((CellPlace Place, int Turns) step, int dx, int dy)
    {
        for (var turn = 0; turn < step.Turns; turn++) (dx, dy) = (dy, -dx);
        return step.Place.Step(dx, dy).Place;
    }

    /// <summary>A step along one axis, and by how many quarter turns, clockwise, directions must be turned afterwards.</summary>
    private (CellPlace Place, int Turns) Step(int dx, int dy)
    {
        var (x, y, last) = (X + dx, Y + dy, Side - 1);
        if (x >= 0 && x <= last && y >= 0 && y <= last) return (this with { X = x, Y = y }, 0);
        var (ring, quarter) = Math.DivRem(Face, 4);
        var (east, west) = ((quarter + 1) % 4, (quarter + 3) % 4);
        return (ring, dx, dy) switch
        {
            (0, 1, _) => (new(east, Y, last, Side), 1),
            (0, _, 1) => (new(west, last, X, Side), 3),
            (0, -1, _) => (new(4 + quarter, last, Y, Side), 0),
            (0, _, _) => (new(4 + east, X, last, Side), 0),
            (1, 1, _) => (new(quarter, 0, Y, Side), 0),
            (1, _, 1) => (new(west, X, 0, Side), 0),
            (1, -1, _) => (new(8 + west, last, Y, Side), 0),
            (1, _, _) => (new(8 + quarter, X, last, Side), 0),
            (_, 1, _) => (new(4 + east, 0, Y, Side), 0),
            (_, _, 1) => (new(4 + quarter, X, 0, Side), 0),
            (_, -1, _) => (new(8 + west, Y, 0, Side), 1),
            _ => (new(8 + east, 0, X, Side), 3),
        };
    }
}
