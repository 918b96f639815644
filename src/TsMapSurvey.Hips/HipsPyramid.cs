using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>
/// Which tiles of a survey are in which cells of a pyramid: what a HiPS tile is made of, and where the pyramid has tiles at all. Immutable.
/// </summary>
public sealed class HipsPyramid
{
    private readonly (long Cell, int Tile)[] _deepest;
    private readonly long[] _fine;

    /// <param name="order">The deepest order of its tiles.</param>
    /// <param name="cells">For each tile of the survey the cells of order <see cref="FineOrder"/> that it touches.</param>
    public HipsPyramid(int order, IReadOnlyList<long[]> cells)
    {
        Order = order;
        var shift = 2 * (FineOrder(order) - order);
        _deepest = [.. cells.SelectMany((own, tile) => own.Select(cell => (Cell: cell >> shift, Tile: tile)).Distinct()).Order()];
        _fine = [.. cells.SelectMany(own => own).Distinct().Order()];
    }

    /// <summary>The deepest order of its tiles.</summary>
    public int Order { get; }

    /// <summary>The order of the cells that describe where data are: some pixels of the survey wide.</summary>
    public static int FineOrder(int order) => order + 4;

    /// <summary>The cells where data are, ascending, of order <see cref="FineOrder"/>.</summary>
    public IReadOnlyList<HealpixCell> Coverage => [.. _fine.Select(cell => new HealpixCell(FineOrder(Order), cell))];

    /// <summary>Whether the pyramid has a tile: the cell exists, is not deeper than <see cref="Order"/>, and touches a tile of the survey.
    /// </summary>
    public bool Has(HealpixCell cell) => cell.Exists && cell.Order <= Order && Range(cell) is var (first, end) && first < end;

    /// <summary>The numbers of the survey's tiles that a HiPS tile shows, ascending; empty if there are none.</summary>
    public int[] TilesIn(HealpixCell cell)
    {
        var (first, end) = Range(cell);
        return [.. _deepest[first..end].Select(item => item.Tile).Distinct().Order()];
    }

    /// <summary>All tiles of an order up to <see cref="Order"/>, ascending.</summary>
    public IReadOnlyList<HealpixCell> Tiles(int order) =>
        [.. _deepest.Select(item => item.Cell >> 2 * (Order - order)).Distinct().Select(index => new HealpixCell(order, index))];

    private (int First, int End) Range(HealpixCell cell)
    {
        var shift = 2 * (Order - cell.Order);
        return (Find(cell.Index << shift), Find((cell.Index + 1) << shift));
    }

    /// <summary>The first item whose cell is at or after one.</summary>
    private int Find(long cell)
    {
        var (low, high) = (0, _deepest.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_deepest[middle].Cell < cell) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
