using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Coverage;

/// <summary>
/// The pixels of an image that belong to a region: those whose centre is in it. A region may also have cells that are smaller than a pixel
/// and miss all centres; so the pixel that contains the centre of such a cell belongs to it too.
/// </summary>
public static class RegionPixels
{
    /// <summary>Whether each pixel of a tile's image belongs to the region and to the tile, row by row.</summary>
    /// <param name="tiling">Tells which tile owns the centre of a small cell.</param>
    /// <param name="owned">Those pixels, in the image with halo.</param>
    public static bool[] Of(ITiling tiling, TileId tile, OwnedRegion owned, Moc region)
    {
        var grid = tiling.GridOf(tile);
        var mask = new bool[grid.Region.Area];
        var smallest = ExposureCoverage.OrderFor(grid.PixelScaleDeg);
        for (var y = 0; y < grid.Height; y++)
            for (var x = 0; x < grid.Width; x++)
                mask[y * grid.Width + x] = owned.Contains(owned.Box.X + x, owned.Box.Y + y)
                    && grid.PixelCentre(x, y) is { } centre && region.Contains(centre);
        foreach (var cell in region.Intersect(Around(grid)).Cells())
            if (cell.Order >= smallest && tiling.Owner(cell.Centre) is { } own && own.Tile == tile)
                mask[own.Y * grid.Width + own.X] = true;
        return mask;
    }

    /// <summary>Cells that contain a whole image, and little more.</summary>
    public static Moc Around(SkyGrid grid)
    {
        var middle = grid.PixelCentre(grid.Width / 2, grid.Height / 2);
        if (middle is not { } centre) return Moc.WholeSky(0);
        var farthest = 0.0;
        for (var y = 0; y < grid.Height; y++)
            for (var x = 0; x < grid.Width; x += y == 0 || y == grid.Height - 1 ? 1 : Math.Max(1, grid.Width - 1))
                farthest = Math.Max(farthest, grid.PixelCentre(x, y)?.SeparationDeg(centre) ?? 180);
        // Beyond a quarter turn, the farthest pixel need not be on the edge.
        return farthest > 80 ? Moc.WholeSky(0)
            : Moc.Around(centre, farthest + 2 * grid.PixelScaleDeg, ExposureCoverage.OrderFor(farthest / 4 + grid.PixelScaleDeg));
    }
}
