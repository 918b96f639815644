namespace TsMapSurvey.Sky;

/// <summary>
/// HEALPix's ring scheme: the cells of an order counted along parallels, from the north pole to the south pole, eastwards from longitude 0.
/// </summary>
/// <remarks>
/// Gorski et al. 2005, ApJ 622, 759, section 4. With N = 2^order, the parallels are numbered from 1 at the north pole to 4 N - 1. Parallel
/// i has 4 i cells in the northern cap (i below N), 4 N between the caps, and 4 (4 N - i) in the southern cap. Half a cell in longitude is
/// counted as one step, so that all centres lie at whole steps from longitude 0: 2 j - 1 for the j-th cell of a parallel, or 2 j - 2 on
/// every second parallel between the caps, which begins at longitude 0.
/// </remarks>
public static class RingNumbering
{
    /// <summary>The ring index of a cell.</summary>
    /// <exception cref="SkyException">The cell does not exist.</exception>
    public static long Of(HealpixCell cell)
    {
        if (!cell.Exists) throw SkyErrors.NoCell(cell);
        var (place, side) = (CellPlace.Of(cell), 1L << cell.Order);
        var (ring, middle) = Middle(place.Face);
        // The base cell's southern corner is on parallel ring * side; both axes lead north.
        var parallel = ring * side - place.X - place.Y - 1;
        var length = Length(parallel, side);
        var steps = middle * length + place.X - place.Y;
        var number = (steps + (BeginsAtZero(parallel, side) ? 2 : 1)) / 2;
        return Before(parallel, side) + (number < 1 ? number + 4 * length : number > 4 * length ? number - 4 * length : number) - 1;
    }

    /// <summary>The cell with a ring index.</summary>
    /// <exception cref="SkyException">The order is not 0 to 29, or the index does not exist.</exception>
    public static HealpixCell ToCell(int order, long index)
    {
        if (!new HealpixCell(order, index).Exists) throw SkyErrors.NoCell(new HealpixCell(order, index));
        var side = 1L << order;
        var parallel = ParallelOf(index, side);
        var length = Length(parallel, side);
        var steps = 2 * (index - Before(parallel, side)) + (BeginsAtZero(parallel, side) ? 0 : 1);
        for (var face = 0; face < 12; face++)
        {
            var (ring, middle) = Middle(face);
            var sum = ring * side - parallel - 1;
            // Base cell 4 is at longitude 0, where the steps begin and end.
            var difference = steps - middle * length;
            if (difference > 4 * length) difference -= 8 * length;
            if (((sum + difference) & 1) != 0) continue;
            var (x, y) = ((sum + difference) / 2, (sum - difference) / 2);
            if (sum + difference >= 0 && sum - difference >= 0 && x < side && y < side)
                return new CellPlace(face, (int)x, (int)y, (int)side).ToCell(order);
        }

        throw SkyErrors.NoCell(new HealpixCell(order, index));
    }

    /// <summary>For a base cell the parallel of its southern corner, in units of the side, and the longitude of its centre in eighths of a
    /// turn.</summary>
    private static (int Ring, int Middle) Middle(int face) =>
        face switch { < 4 => (2, 2 * face + 1), < 8 => (3, 2 * (face - 4)), _ => (4, 2 * (face - 8) + 1) };

    /// <summary>A quarter of the cells on a parallel.</summary>
    private static long Length(long parallel, long side) => Math.Min(side, Math.Min(parallel, 4 * side - parallel));

    private static bool BeginsAtZero(long parallel, long side) =>
        parallel >= side && parallel <= 3 * side && ((parallel - side) & 1) != 0;

    /// <summary>The number of cells on the parallels further north.</summary>
    private static long Before(long parallel, long side)
    {
        if (parallel < side) return 2 * parallel * (parallel - 1);
        var south = 4 * side - parallel;
        return south < side ? 12 * side * side - 2 * south * (south + 1) : 2 * side * (side - 1) + 4 * side * (parallel - side);
    }

    private static long ParallelOf(long index, long side)
    {
        var cap = 2 * side * (side - 1);
        if (index >= cap && index < 12 * side * side - cap) return (index - cap) / (4 * side) + side;
        // In a cap, parallel i begins with cell 2 i (i - 1), counted from the pole: i = (1 + sqrt(1 + 2 cell)) / 2, rounded down.
        var cell = index < cap ? index : 12 * side * side - 1 - index;
        var parallel = (long)((1 + Math.Sqrt(1 + 2.0 * cell)) / 2);
        while (2 * parallel * (parallel - 1) > cell) parallel--;
        while (2 * parallel * (parallel + 1) <= cell) parallel++;
        return index < cap ? parallel : 4 * side - parallel;
    }
}
