namespace TsMapSurvey.Sky;

/// <summary>
/// A tiling of one image. The tiles are rectangles of its pixels in columns and rows, which together cover the whole image.
/// </summary>
public interface IMosaicGrid
{
    SkyGrid Grid { get; }

    /// <summary>The side of a tile in pixels; tiles in the last column and row may be smaller.</summary>
    int TilePixels { get; }

    int Columns { get; }

    int Rows { get; }

    /// <summary>The pixels of <see cref="Grid"/> that a tile owns.</summary>
    /// <exception cref="SkyException">The tile is not part of the tiling.</exception>
    PixelRegion RegionOf(TileId tile);
}
