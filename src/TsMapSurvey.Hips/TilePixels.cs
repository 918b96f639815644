namespace TsMapSurvey.Hips;

/// <summary>
/// The pixels of a HiPS tile (IVOA HiPS 1.0, section 4.1). A tile of order K is a HEALPix cell, and its pixels are the cells of order
/// K + 9 in it. In the nested index of a pixel in its tile, the even bits count x towards the north-east and the odd bits y towards the
/// north-west.
/// </summary>
/// <remarks>
/// Displayed, x grows downwards and y to the right: child 0 of a cell is at the top left, 1 at the bottom left, 2 at the top right and 3 at
/// the bottom right. A FITS image has its bottom row first, so that pixel (x, y) is in row 511 - x and column y.
/// </remarks>
public static class TilePixels
{
    /// <summary>Pixels along a side. Aladin Lite draws smaller tiles only if there is an Allsky image.</summary>
    public const int Width = 1 << Depth;

    /// <summary>The number of orders between a tile and its pixels.</summary>
    public const int Depth = 9;

    /// <summary>Pixels of a tile.</summary>
    public const int Count = Width * Width;

    /// <summary>The place of pixel (x, y) in the rows of an image, bottom row first.</summary>
    public static int Offset(int x, int y) => (Width - 1 - x) * Width + y;

    /// <summary>NaN in every pixel.</summary>
    public static float[] Blank()
    {
        var pixels = new float[Count];
        Array.Fill(pixels, float.NaN);
        return pixels;
    }
}
