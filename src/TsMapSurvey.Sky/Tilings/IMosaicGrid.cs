namespace TsMapSurvey.Sky;

/// <summary>
/// A tiling of one image, whose tiles are rectangles of its pixels in columns and rows: put side by side they are the whole image.
/// </summary>
public interface IMosaicGrid
{
    /// <summary>The whole image.</summary>
    SkyGrid Grid { get; }

    /// <summary>The side of a tile in pixels; tiles at the far edges may be smaller.</summary>
    int TilePixels { get; }

    int Columns { get; }

    int Rows { get; }

    /// <summary>The pixels of <see cref="Grid"/> that a tile owns.</summary>
    /// <exception cref="SkyException">The tiling has no such tile.</exception>
    PixelRegion PlaceOf(TileId tile);
}
