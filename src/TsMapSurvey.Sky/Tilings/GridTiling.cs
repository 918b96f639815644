namespace TsMapSurvey.Sky;

/// <summary>
/// A survey's one pixel grid, cut into square blocks that start at its first pixel; those at the far edges may be smaller.
/// Observations on the same grid (<see cref="Wcs.IsAlignedWith"/>) fall into tiles pixel by pixel.
/// Halos continue the grid: beyond its edges, and round the sky where it repeats along x (CAR).
/// </summary>
/// <exception cref="SkyException">The tile size is not positive, or the grid is wider than 360 degrees.</exception>
public sealed partial record GridTiling : ITiling
{
    public GridTiling(SkyGrid grid, int tilePixels = 128)
    {
        if (tilePixels is < 1 or > SkyGrid.LongestSide) throw SkyErrors.BadTilePixels(tilePixels);
        var (tx, ty) = grid.Wcs.TurnStep;
        var turn = ty == 0 ? Math.Abs(tx) : 0;
        if (turn > 0 && grid.Width > turn + Wcs.AlignmentTolerancePixels) throw SkyErrors.WiderThanATurn(grid.Width, turn);
        (Grid, TilePixels) = (grid, tilePixels);
    }

    public SkyGrid Grid { get; }

    /// <summary>The side of a tile in pixels.</summary>
    public int TilePixels { get; }

    public int Columns => (Grid.Width - 1) / TilePixels + 1;

    public int Rows => (Grid.Height - 1) / TilePixels + 1;

    /// <summary>Whether the grid goes once round the sky along x, so that its first and last columns are neighbours.</summary>
    public bool IsFullTurn => Grid.Wcs.TurnPixels == Grid.Width;

    public TileId? Owner(SkyPosition position) =>
        Grid.TryPixelOf(position, out int x, out int y) ? new TileId(x / TilePixels, y / TilePixels) : null;

    /// <summary>The pixels that a tile owns, in the survey's pixel coordinates.</summary>
    /// <exception cref="SkyException">There is no such tile.</exception>
    public PixelRegion Owned(TileId tile)
    {
        if (tile.X < 0 || tile.X >= Columns || tile.Y < 0 || tile.Y >= Rows) throw SkyErrors.UnknownTile(tile, Columns, Rows);
        return new PixelRegion(tile.X * TilePixels, tile.Y * TilePixels, TilePixels, TilePixels).Intersect(Grid.Region);
    }

    /// <summary>The pixels that a tile owns and its halo, in the survey's pixel coordinates; reaches beyond the survey's edges.</summary>
    public PixelRegion WithHalo(TileId tile, int haloPixels) =>
        haloPixels is >= 0 and <= SkyGrid.LongestSide ? Owned(tile).Grow(haloPixels) : throw SkyErrors.BadHalo(haloPixels);

    public SkyGrid GridOf(TileId tile) => Grid.Cutout(Owned(tile));

    public SkyGrid GridWithHalo(TileId tile, int haloPixels) => Grid.Cutout(WithHalo(tile, haloPixels));

    public IEnumerable<TileId> All()
    {
        for (var y = 0; y < Rows; y++)
            for (var x = 0; x < Columns; x++)
                yield return new TileId(x, y);
    }
}
