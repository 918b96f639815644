using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>The orders of a pyramid, and the paths of its tiles.</summary>
public static class HipsOrders
{
    /// <summary>The order whose tiles the Allsky image shows; every pyramid reaches it.</summary>
    public const int OfAllsky = 3;

    /// <summary>The deepest order of a tile: its pixels are cells of the deepest order of HEALPix.</summary>
    public const int Deepest = HealpixCell.DeepestOrder - TilePixels.Depth;

    /// <summary>Tiles of one folder.</summary>
    private const long InFolder = 10000;

    // The square root of the solid angle of a base cell: sqrt(4 pi / 12) in degrees.
    private const double BaseCellDeg = 58.63230142835039;

    /// <summary>The side of a cell of an order in degrees: the square root of its solid angle.</summary>
    public static double SideDeg(int order) => BaseCellDeg / (1 << order);

    /// <summary>The lowest order, from <see cref="OfAllsky"/>, whose pixels are not larger than those of a map.</summary>
    /// <param name="pixelScaleDeg">The side of a pixel of the map, above 0.</param>
    /// <param name="depth">The number of orders between a tile and its pixels.</param>
    public static int For(double pixelScaleDeg, int depth = TilePixels.Depth) => From(OfAllsky, pixelScaleDeg, depth);

    /// <summary>
    /// The lowest order whose pixels are not larger than those of a map: of it and of deeper orders, each tile can show the pixels of the
    /// map.
    /// </summary>
    /// <param name="pixelScaleDeg">The side of a pixel of the map, above 0.</param>
    public static int Resolving(double pixelScaleDeg) => From(0, pixelScaleDeg, TilePixels.Depth);

    private static int From(int order, double pixelScaleDeg, int depth)
    {
        while (order < Deepest && SideDeg(order + depth) > pixelScaleDeg) order++;
        return order;
    }

    /// <summary>The number in the name of the folder of a tile.</summary>
    public static long FolderOf(long index) => index / InFolder * InFolder;
}
