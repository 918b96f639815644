namespace TsMapSurvey.Sky;

/// <summary>A tiling whose tiles are the HEALPix cells of one order, each with an image of its own.</summary>
public interface ICellTiling
{
    int Order { get; }

    /// <summary>The cell that a tile owns.</summary>
    /// <exception cref="SkyException">The tile is not part of the tiling.</exception>
    HealpixCell CellOf(TileId tile);

    /// <param name="cell">A cell of <see cref="Order"/>.</param>
    TileId TileOf(HealpixCell cell);
}
