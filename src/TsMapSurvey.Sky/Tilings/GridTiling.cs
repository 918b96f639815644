using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TsMapSurvey.Sky;

/// <summary>
/// The pixel grid of a survey, divided into square tiles from its first pixel; tiles in the last column and row may be smaller.
/// Observations must be on the same pixel grid (<see cref="Wcs.IsAlignedWith"/>).
/// Halos extend beyond the edges of the grid, and across the 360 degree wrap if the sky repeats along x (CAR).
/// The name of a tile has its column and row, such as x012y003, with at least three digits each, so that names sort.
/// </summary>
/// <exception cref="SkyException">The tile size is not positive, or the grid is wider than 360 degrees.</exception>
public sealed partial record GridTiling : ITiling, IMosaicGrid
{
    public GridTiling(SkyGrid grid, int tilePixels = 128)
    {
        if (tilePixels is < 1 or > SkyGrid.LongestSide) throw SkyErrors.BadTilePixels(tilePixels);
        var (tx, ty) = grid.Wcs.TurnStep;
        var turn = ty == 0 ? Math.Abs(tx) : 0;
        if (turn > 0 && grid.Width > turn + Wcs.AlignmentTolerancePixels) throw SkyErrors.WiderThan360Degrees(grid.Width, turn);
        (Grid, TilePixels) = (grid, tilePixels);
    }

    public SkyGrid Grid { get; }

    public int TilePixels { get; }

    public int Columns => (Grid.Width - 1) / TilePixels + 1;

    public int Rows => (Grid.Height - 1) / TilePixels + 1;

    public SkyFrame Frame => Grid.Frame;

    public double PixelScaleDeg => Grid.PixelScaleDeg;

    public string Names => $"{IdOf(0, 0)} to {IdOf(Columns - 1, Rows - 1)}";

    public TileId Largest => IdOf(0, 0);

    /// <summary>Whether the grid covers exactly 360 degrees along x, so that its first and last columns are neighbours.</summary>
    public bool IsFullTurn => Grid.Wcs.TurnPixels == Grid.Width;

    /// <param name="column">0 or more.</param>
    /// <param name="row">0 or more.</param>
    public static TileId IdOf(int column, int row) => new(string.Create(CultureInfo.InvariantCulture, $"x{column:D3}y{row:D3}"));

    /// <summary>Accepts only the exact text of <see cref="IdOf"/>: no upper case, signs, blanks or other number of zeros.</summary>
    public bool TryParse([NotNullWhen(true)] string? text, out TileId tile)
    {
        tile = default;
        if (Find(text) is not (var column, var row)) return false;
        tile = IdOf(column, row);
        return true;
    }

    public OwnedPixel? Owner(SkyPosition position) => Grid.TryPixelOf(position, out int x, out int y)
        ? new OwnedPixel(IdOf(x / TilePixels, y / TilePixels), x % TilePixels, y % TilePixels) : null;

    public PixelRegion RegionOf(TileId tile) =>
        Find(tile.ToString()) is (var column, var row) ? Block(column, row) : throw SkyErrors.UnknownTile(tile, Columns, Rows);

    public SkyGrid GridOf(TileId tile) => Grid.Cutout(RegionOf(tile));

    public SkyGrid GridWithHalo(TileId tile, int haloPixels) => Grid.Cutout(WithHalo(RegionOf(tile), haloPixels));

    public OwnedRegion Owned(TileId tile, int haloPixels)
    {
        var place = RegionOf(tile);
        return new OwnedRegion(new PixelRegion(haloPixels, haloPixels, place.Width, place.Height));
    }

    /// <summary>All tiles, row by row.</summary>
    public IEnumerable<TileId> All()
    {
        for (var y = 0; y < Rows; y++)
            for (var x = 0; x < Columns; x++)
                yield return IdOf(x, y);
    }

    private PixelRegion Block(int column, int row) =>
        new PixelRegion(column * TilePixels, row * TilePixels, TilePixels, TilePixels).Intersect(Grid.Region);

    private static PixelRegion WithHalo(PixelRegion place, int haloPixels) =>
        haloPixels is >= 0 and <= SkyGrid.LongestSide ? place.Grow(haloPixels) : throw SkyErrors.BadHalo(haloPixels);

    private (int Column, int Row)? Find(string? text)
    {
        var y = text?.IndexOf('y', StringComparison.Ordinal) ?? -1;
        if (y < 1 || !TryNumber(text.AsSpan(1, y - 1), out var column) || !TryNumber(text.AsSpan(y + 1), out var row)) return null;
        return column < Columns && row < Rows && IdOf(column, row).ToString() == text ? (column, row) : null;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
