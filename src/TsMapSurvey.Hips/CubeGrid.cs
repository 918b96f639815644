using System.Globalization;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>
/// The tiles of a HiPS cube (IVOA HiPS 2.0, draft of May 2026, section "Cubic data") and their pixels. A tile is 256 pixels wide and some
/// frequency cells deep. With each lower order of the sky the order of frequency is one lower, too, until it is 0.
/// </summary>
/// <param name="SpaceOrder">The deepest order of tiles on the sky.</param>
/// <param name="DepthOrder">The binary logarithm of the depth: 0 to 4.</param>
/// <param name="Cells">The frequency cells of the deepest order that have data.</param>
public sealed record CubeGrid(int SpaceOrder, int DepthOrder, FrequencyCells Cells)
{
    /// <summary>Pixels along a side of a tile.</summary>
    public const int Width = 1 << WidthOrder;

    /// <summary>The number of orders between a tile and its pixels on the sky.</summary>
    public const int WidthOrder = 8;

    /// <summary>Pixels of one frequency cell in a tile.</summary>
    public const int PlaneSize = Width * Width;

    private const int DeepestDepth = 4;

    /// <summary>Frequency cells in a tile.</summary>
    public int Depth => 1 << DepthOrder;

    /// <summary>The order of the deepest tiles along the axis of frequency.</summary>
    public int FrequencyOrder => Cells.Order - DepthOrder;

    /// <summary>All orders of tiles, as the keyword hips_order_hierarchy has them.</summary>
    public string Hierarchy => string.Join(
        ' ', Enumerable.Range(0, SpaceOrder + 1).Reverse().Select(order => string.Create(
            CultureInfo.InvariantCulture, $"{order}_{FrequencyOrderOf(order)}")));

    /// <summary>
    /// Tiles with pixels not larger than those of a map, and 16 cells deep. They are less deep where the orders of frequency would come to
    /// an end before those of the sky: Aladin Lite subtracts the one from the other.
    /// </summary>
    public static CubeGrid For(double pixelScaleDeg, FrequencyCells cells)
    {
        var order = HipsOrders.For(pixelScaleDeg, WidthOrder);
        return new CubeGrid(order, Math.Clamp(cells.Order - order, 0, DeepestDepth), cells);
    }

    /// <summary>The order of frequency of the tiles of an order of the sky.</summary>
    public int FrequencyOrderOf(int spaceOrder) => Math.Max(0, FrequencyOrder - (SpaceOrder - spaceOrder));

    /// <summary>The frequency cells of the tiles of an order of the sky.</summary>
    public FrequencyCells TilesOf(int spaceOrder) => Cells.At(FrequencyOrderOf(spaceOrder));

    /// <summary>The cube's tiles of a cell of the sky.</summary>
    /// <param name="space">Of an order up to <see cref="SpaceOrder"/>.</param>
    public IEnumerable<CubeCell> TilesIn(HealpixCell space)
    {
        var tiles = TilesOf(space.Order);
        for (var index = tiles.First; index < tiles.End; index++) yield return new CubeCell(space, tiles.Order, index);
    }

    /// <summary>Whether the tile's orders and its frequencies are those of the cube; nothing is said about its place on the sky.</summary>
    public bool HasFrequencies(CubeCell cell) => cell.Space.Order >= 0 && cell.Space.Order <= SpaceOrder
        && TilesOf(cell.Space.Order) is var tiles && tiles.Order == cell.FrequencyOrder
        && cell.FrequencyIndex >= tiles.First && cell.FrequencyIndex < tiles.End;

    /// <summary>The number of pixels of the next order, along the axis of frequency, that make one of a tile: 1 or 2.</summary>
    /// <param name="spaceOrder">Of the tile, below <see cref="SpaceOrder"/>.</param>
    public int FrequenciesInOne(int spaceOrder) => FrequencyOrderOf(spaceOrder + 1) > FrequencyOrderOf(spaceOrder) ? 2 : 1;

    /// <summary>The first frequency cell of a tile, in cells of its pixels.</summary>
    public long FirstPlane(CubeCell cell) => cell.FrequencyIndex << DepthOrder;

    /// <summary>NaN in every pixel of a tile.</summary>
    public float[] Blank()
    {
        var pixels = new float[Depth * PlaneSize];
        Array.Fill(pixels, float.NaN);
        return pixels;
    }

    /// <summary>The place in a tile of its pixel (x, y) of a plane, planes from the lowest frequency, rows from the bottom.</summary>
    /// <remarks>x and y are those of <see cref="TilePixels"/>.</remarks>
    public static int Offset(int plane, int x, int y) => plane * PlaneSize + (Width - 1 - x) * Width + y;
}
