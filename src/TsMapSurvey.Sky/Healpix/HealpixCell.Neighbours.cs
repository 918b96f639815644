namespace TsMapSurvey.Sky;

// What is around a cell: its border and the cells beyond it.
public readonly partial record struct HealpixCell
{
    /// <summary>Samples along a side from which the distance to a cell is found.</summary>
    private const int SamplesPerSide = 16;

    /// <summary>
    /// The adjacent cell one step along x (-1 south-west, 1 north-east) and y (-1 south-east, 1 north-west), or diagonally. Null where only
    /// three cells meet: at the corners between a polar and two equatorial base cells.
    /// </summary>
    /// <param name="dx">-1, 0 or 1.</param>
    /// <param name="dy">-1, 0 or 1; not both 0.</param>
    /// <exception cref="SkyException">The cell does not exist.</exception>
    public HealpixCell? Neighbour(int dx, int dy) =>
        Exists ? CellPlace.Of(this).Moved(Math.Sign(dx), Math.Sign(dy))?.ToCell(Order) : throw SkyErrors.NoCell(this);

    /// <summary>
    /// The adjacent cells, including those that touch only at a corner: south-west, west, north-west and so on round the cell. Eight, or
    /// seven at a corner where three cells meet; six at order 0.
    /// </summary>
    /// <exception cref="SkyException">The cell does not exist.</exception>
    public IEnumerable<HealpixCell> Neighbours()
    {
        (int, int)[] round = [(-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1)];
        foreach (var (dx, dy) in round)
            if (Neighbour(dx, dy) is { } cell) yield return cell;
    }

    /// <summary>
    /// Positions on the border, ICRS, evenly along each side: from the southern corner over the eastern, northern and western ones.
    /// </summary>
    /// <param name="perSide">At least 1, which gives the corners.</param>
    public SkyPosition[] Border(int perSide)
    {
        var border = new SkyPosition[4 * perSide];
        for (var i = 0; i < border.Length; i++) border[i] = OnBorder(i / (double)perSide);
        return border;
    }

    /// <summary>
    /// The cells of an order that share a position with a circle, ascending. None is missed; cells that the circle misses by less than a
    /// hundredth of their size may be among them.
    /// </summary>
    /// <param name="centre">In any frame.</param>
    /// <param name="radiusDeg">0 to 180.</param>
    /// <exception cref="SkyException">The order is not 0 to 29, or the centre or the radius is not on the sphere.</exception>
    public static IReadOnlyList<HealpixCell> InCone(SkyPosition centre, double radiusDeg, int order)
    {
        if (!(radiusDeg is >= 0 and <= 180)) throw SkyErrors.BadShape("cone", $"a radius of {radiusDeg} degrees", "0 to 180");
        var home = Containing(centre, order);
        var found = new List<HealpixCell>();
        void Visit(HealpixCell cell)
        {
            if (!IsAncestor(cell, home) && !cell.IsWithin(centre, radiusDeg)) return;
            if (cell.Order == order) found.Add(cell);
            else
                for (var child = 0; child < 4; child++) Visit(cell.Child(child));
        }

        for (var face = 0; face < 12; face++) Visit(new HealpixCell(0, face));
        return found;
    }

    private static bool IsAncestor(HealpixCell cell, HealpixCell of) => of.Index >> (2 * (of.Order - cell.Order)) == cell.Index;

    /// <summary>Whether a circle around a position outside the cell reaches its border, or nearly.</summary>
    private bool IsWithin(SkyPosition centre, double radiusDeg)
    {
        var reach = Moc.CellRadiusDeg(Order);
        if (Centre.SeparationDeg(centre) > radiusDeg + reach) return false;
        var (own, at, step, nearest) = (this, 0.0, 1.0 / SamplesPerSide, double.PositiveInfinity);
        for (var i = 0; i < 4 * SamplesPerSide; i++) Try(i * step);
        // The nearest point of the border is within a step of the nearest sample, where the samples are then closer.
        for (var round = 0; round < 2; round++)
        {
            var around = at;
            step *= 2.0 / SamplesPerSide;
            for (var i = -SamplesPerSide / 2; i <= SamplesPerSide / 2; i++) Try(around + i * step);
        }

        return nearest <= radiusDeg + reach * step;

        void Try(double place)
        {
            var distance = own.OnBorder(place).SeparationDeg(centre);
            if (distance < nearest) (at, nearest) = (place, distance);
        }
    }

    /// <summary>The position at a place on the border: 0 at the southern corner, 1 at the eastern one, and so on round the cell.</summary>
    private SkyPosition OnBorder(double place)
    {
        var side = Math.Floor(place);
        var along = place - side;
        return ((int)side & 3) switch
        {
            0 => PositionAt(along, 0),
            1 => PositionAt(1, along),
            2 => PositionAt(1 - along, 1),
            _ => PositionAt(0, 1 - along),
        };
    }
}
