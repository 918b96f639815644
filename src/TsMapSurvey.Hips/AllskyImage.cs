using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>
/// All tiles of order 3 as one image, each 64 pixels wide: 27 columns, with tile 0 at the top left as displayed, in FITS and PNG alike. The
/// bottom row is first.
/// </summary>
public static class AllskyImage
{
    /// <summary>Pixels along a tile's side.</summary>
    public const int CellWidth = 64;

    public const int Width = Columns * CellWidth;

    public const int Height = Rows * CellWidth;

    private const int Columns = 27;
    private const int Rows = 29;

    /// <summary>The number of times that a tile is halved.</summary>
    public const int Halvings = 3;

    /// <summary>NaN in every pixel.</summary>
    public static float[] Blank()
    {
        var pixels = new float[Width * Height];
        Array.Fill(pixels, float.NaN);
        return pixels;
    }

    /// <summary>A tile of order 3 in the size that it has in the image.</summary>
    public static float[] Shrink(ReadOnlySpan<float> tile, HipsReduction reduction)
    {
        var (shrunk, width) = (TileReduction.Halve(tile, TilePixels.Width, reduction), TilePixels.Width / 2);
        for (; width > CellWidth; width /= 2) shrunk = TileReduction.Halve(shrunk, width, reduction);
        return shrunk;
    }

    /// <summary>The same of a tile of order 0 that has the cell in it: its pixels are as large as those of the image.</summary>
    /// <param name="tile">The tile of order 0.</param>
    /// <param name="cell">A cell of order 3.</param>
    public static float[] Cut(ReadOnlySpan<float> tile, HealpixCell cell)
    {
        var (column, row) = ZOrder.Split(cell.Index & ((1 << (2 * Halvings)) - 1));
        var cut = new float[CellWidth * CellWidth];
        for (var x = 0; x < CellWidth; x++)
            tile.Slice(TilePixels.Offset((int)column * CellWidth + x, (int)row * CellWidth), CellWidth)
                .CopyTo(cut.AsSpan((CellWidth - 1 - x) * CellWidth));
        return cut;
    }

    /// <summary>Copies a shrunk tile to its place.</summary>
    /// <param name="cell">A cell of order 3.</param>
    public static void Place(Span<float> image, HealpixCell cell, ReadOnlySpan<float> shrunk)
    {
        var bottom = (Rows - 1 - (int)cell.Index / Columns) * CellWidth;
        var left = (int)cell.Index % Columns * CellWidth;
        for (var row = 0; row < CellWidth; row++)
            shrunk.Slice(row * CellWidth, CellWidth).CopyTo(image.Slice((bottom + row) * Width + left, CellWidth));
    }
}
