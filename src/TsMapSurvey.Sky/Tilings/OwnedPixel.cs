namespace TsMapSurvey.Sky;

/// <summary>The pixel that contains a position.</summary>
/// <param name="Tile">The tile that owns the pixel.</param>
/// <param name="X">Column in the image of <see cref="ITiling.GridOf"/>, from 0.</param>
/// <param name="Y">Row in the same image.</param>
public readonly record struct OwnedPixel(TileId Tile, int X, int Y);
