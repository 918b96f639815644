using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>
/// Which tiles of a survey are in which cells of a pyramid: what a HiPS tile is made of, and where the pyramid has tiles at all. Immutable.
/// </summary>
public sealed class HipsPyramid
{
    private readonly (long Cell, int Tile)[] _deepest;
    private readonly long[] _withData;
    private readonly long[] _fine;

    /// <param name="order">The deepest order of its tiles.</param>
    /// <param name="tiles">For each tile of the survey the cells of order <see cref="FineOrder"/> that it touches, and whether it has data:
    /// if not, it is in a HiPS tile but makes none.</param>
    public HipsPyramid(int order, IReadOnlyList<(long[] Cells, bool HasData)> tiles)
    {
        Order = order;
        var shift = 2 * (FineOrder(order) - order);
        _deepest =
            [.. tiles.SelectMany((own, tile) => own.Cells.Select(cell => (Cell: cell >> shift, Tile: tile)).Distinct()).Order()];
        _fine = [.. tiles.Where(own => own.HasData).SelectMany(own => own.Cells).Distinct().Order()];
        _withData = [.. _fine.Select(cell => cell >> shift).Distinct()];
    }

    /// <summary>The deepest order of its tiles.</summary>
    public int Order { get; }

    /// <summary>The order of the cells that describe where data are: some pixels of the survey wide.</summary>
    public static int FineOrder(int order) => order + 4;

    /// <summary>The cells where data are, ascending, of order <see cref="FineOrder"/>.</summary>
    public IReadOnlyList<HealpixCell> Coverage => [.. _fine.Select(cell => new HealpixCell(FineOrder(Order), cell))];

    /// <summary>
    /// Whether the pyramid has a tile: the cell exists, is not deeper than <see cref="Order"/>, and touches a tile of the survey with data.
    /// </summary>
    public bool Has(HealpixCell cell)
    {
        if (!cell.Exists || cell.Order > Order) return false;
        var (first, end) = Deepest(cell);
        return Find(_withData.Length, place => _withData[place] < first) < Find(_withData.Length, place => _withData[place] < end);
    }

    /// <summary>The numbers of the survey's tiles that a HiPS tile shows, ascending; empty if there are none.</summary>
    /// <param name="cell">Up to <see cref="Order"/>.</param>
    public int[] TilesIn(HealpixCell cell)
    {
        var (first, end) = Deepest(cell);
        var from = Find(_deepest.Length, place => _deepest[place].Cell < first);
        var to = Find(_deepest.Length, place => _deepest[place].Cell < end);
        return [.. _deepest[from..to].Select(item => item.Tile).Distinct().Order()];
    }

    /// <summary>All tiles of an order up to <see cref="Order"/>, ascending.</summary>
    public IReadOnlyList<HealpixCell> Tiles(int order) =>
        [.. _withData.Select(cell => cell >> 2 * (Order - order)).Distinct().Select(index => new HealpixCell(order, index))];

    /// <summary>The cells of the deepest order in a cell, the end excluded.</summary>
    private (long First, long End) Deepest(HealpixCell cell)
    {
        var shift = 2 * (Order - cell.Order);
        return (cell.Index << shift, (cell.Index + 1) << shift);
    }

    /// <summary>The first place, in ascending order, that is not before the one that is looked for.</summary>
    private static int Find(int count, Predicate<int> isBefore)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isBefore(middle)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
