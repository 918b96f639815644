using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Tilings;

/// <summary>
/// A tiling that is no grid: its cells are diamonds of a grid's pixels, with staircases for sides, cut off where the grid ends. Pixel
/// (x, y) is in the cell of the diagonals (x + y) / side and (x - y + height) / side, called cell-a7 for the first 7 and the second 0. A
/// cell's work grid has more pixels than its halo on the left and at the bottom. Made for grids that do not go round the sky.
/// </summary>
internal sealed class CellTiling : ITiling
{
    private const int MoreLeft = 3;
    private const int MoreBelow = 1;
    private readonly GridTiling _pixels;
    private readonly int _side;
    private readonly Dictionary<TileId, List<(int X, int Y)>> _cells = [];

    public CellTiling(SkyGrid grid, int side)
    {
        (_pixels, _side) = (new GridTiling(grid), side);
        var pixels = from y in Enumerable.Range(0, grid.Height) from x in Enumerable.Range(0, grid.Width) select (X: x, Y: y);
        foreach (var cell in pixels.GroupBy(pixel => Diagonals(pixel.X, pixel.Y)).OrderBy(cell => cell.Key))
            _cells[new TileId($"cell-{(char)('a' + cell.Key.Falling)}{cell.Key.Rising}")] = [.. cell];
    }

    public SkyFrame Frame => _pixels.Frame;

    public double PixelScaleDeg => _pixels.PixelScaleDeg;

    public string Names => $"{_cells.Keys.First()} to {_cells.Keys.Last()}";

    public TileId Largest => _cells.Keys.MaxBy(tile => BoxOf(tile).Area);

    public IEnumerable<TileId> All() => _cells.Keys;

    public bool TryParse([NotNullWhen(true)] string? text, out TileId tile)
    {
        tile = All().FirstOrDefault(tile => tile.ToString() == text);
        return tile != default;
    }

    public OwnedPixel? Owner(SkyPosition position)
    {
        if (!_pixels.Grid.TryPixelOf(position, out int x, out int y)) return null;
        var tile = _cells.First(cell => cell.Value.Contains((x, y))).Key;
        var box = BoxOf(tile);
        return new OwnedPixel(tile, x - box.X, y - box.Y);
    }

    public IEnumerable<TileId> Touching(SkyGrid footprint, int haloPixels)
    {
        var pixels = _pixels.InSurveyPixels(footprint);
        return All().Where(tile => !WorkBox(tile, haloPixels).Intersect(pixels).IsEmpty);
    }

    public string? ProblemWith(SkyGrid footprint) => _pixels.ProblemWith(footprint);

    public SkyGrid GridOf(TileId tile) => _pixels.Grid.Cutout(BoxOf(tile));

    public SkyGrid GridWithHalo(TileId tile, int haloPixels) => _pixels.Grid.Cutout(WorkBox(tile, haloPixels));

    public OwnedRegion Owned(TileId tile, int haloPixels)
    {
        var box = BoxOf(tile);
        var owned = _cells[tile].ToHashSet();
        bool[] mask = [.. Enumerable.Range(0, (int)box.Area).Select(i => owned.Contains((box.X + i % box.Width, box.Y + i / box.Width)))];
        return new OwnedRegion(box.Shift(MoreLeft + haloPixels - box.X, MoreBelow + haloPixels - box.Y), mask);
    }

    private (int Rising, int Falling) Diagonals(int x, int y) => ((x + y) / _side, (x - y + _pixels.Grid.Height) / _side);

    private PixelRegion BoxOf(TileId tile) =>
        _cells[tile].Aggregate(default(PixelRegion), (box, pixel) => box.Union(new PixelRegion(pixel.X, pixel.Y, 1, 1)));

    private PixelRegion WorkBox(TileId tile, int haloPixels)
    {
        var box = BoxOf(tile).Grow(haloPixels);
        return new PixelRegion(box.X - MoreLeft, box.Y - MoreBelow, box.Width + MoreLeft, box.Height + MoreBelow);
    }
}
