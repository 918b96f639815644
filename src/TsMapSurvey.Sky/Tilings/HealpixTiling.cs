using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TsMapSurvey.Sky;

/// <summary>
/// The whole sky, one tile for each HEALPix cell of an order (nested, ICRS). A tile's image is a TAN projection at the cell's centre, with
/// the same pixel size everywhere, and the images of neighbours overlap: the cell alone decides which tile owns a position, and a tile owns
/// the pixels of its image whose centre is in its cell. Observations need no particular pixel grid. The name of a tile is that of the
/// scheme, the order and the nested index, such as hpx1-3-123. Everything that follows from a name (cell, image, pixels) never changes; a
/// scheme that differs in any of it needs another number.
/// </summary>
/// <exception cref="SkyException">The order is not 2 to 5, or the pixels are too large or too small for it.</exception>
public sealed partial class HealpixTiling : ITiling, ICellTiling
{
    public const int LowestOrder = 2;
    public const int HighestOrder = 5;

    private const string Scheme = "hpx1";

    /// <summary>Pixels along a tile's side that are allowed, on average over the sky.</summary>
    private const double FewestPixels = 4;
    private const double MostPixels = 4096;

    /// <summary>The square root of a base cell's solid angle, pi / 3, in degrees.</summary>
    private const double BaseSideDeg = 58.63230142835039;

    /// <summary>Beyond this, TAN pixels are too stretched: 1.3 times in length at 28 degrees.</summary>
    private const double WidestHaloDeg = 15;

    private readonly CellImage?[] _images;
    private readonly TileId[] _names;
    private readonly Lazy<TileId> _largest;

    public HealpixTiling(int order, double pixelSizeDeg)
    {
        if (ProblemOf(order, pixelSizeDeg) is { } problem) throw problem;
        (Order, PixelScaleDeg) = (order, pixelSizeDeg);
        var count = (int)HealpixCell.Count(order);
        _images = new CellImage?[count];
        _names = [.. Enumerable.Range(0, count).Select(index =>
            new TileId(string.Create(CultureInfo.InvariantCulture, $"{Scheme}-{order}-{index}")))];
        _largest = new Lazy<TileId>(() => All().MaxBy(tile => GridOf(tile).Region.Area));
    }

    public int Order { get; }

    public SkyFrame Frame => SkyFrame.Icrs;

    public double PixelScaleDeg { get; }

    public string Names => $"{_names[0]} to {_names[^1]}";

    public TileId Largest => _largest.Value;

    /// <summary>The side of a tile in degrees: the square root of its solid angle.</summary>
    public static double SideDeg(int order) => BaseSideDeg / (1 << order);

    /// <summary>The smallest and the largest pixels that tiles of an order may have, in degrees.</summary>
    public static (double Min, double Max) PixelSizes(int order) => (SideDeg(order) / MostPixels, SideDeg(order) / FewestPixels);

    public IEnumerable<TileId> All() => _names;

    public bool TryParse([NotNullWhen(true)] string? text, out TileId tile)
    {
        tile = default;
        if (Find(text) is not { } index) return false;
        tile = _names[index];
        return true;
    }

    public HealpixCell CellOf(TileId tile) => new(Order, Index(tile));

    public TileId TileOf(HealpixCell cell) =>
        cell.Order == Order && cell.Exists ? _names[cell.Index] : throw SkyErrors.NoTileOfCell(cell, Order);

    public OwnedPixel? Owner(SkyPosition position)
    {
        if (!double.IsFinite(position.LonDeg) || !(Math.Abs(position.LatDeg) <= 90)) return null;
        var icrs = position.To(SkyFrame.Icrs);
        var index = (int)HealpixCell.Containing(icrs, Order).Index;
        return Image(index).Grid.TryPixelOf(icrs, out int x, out int y) ? new OwnedPixel(_names[index], x, y) : null;
    }

    public SkyGrid GridOf(TileId tile) => Image(Index(tile)).Grid;

    public SkyGrid GridWithHalo(TileId tile, int haloPixels)
    {
        var grid = GridOf(tile);
        return grid.Cutout(grid.Region.Grow(Checked(haloPixels)));
    }

    public OwnedRegion Owned(TileId tile, int haloPixels) =>
        Image(Index(tile)).Owned.Shift(Checked(haloPixels), haloPixels);

    public IEnumerable<TileId> Neighbours(TileId tile) => CellOf(tile).Neighbours().Select(cell => _names[cell.Index]);

    internal static SkyException? ProblemOf(int order, double pixelSizeDeg)
    {
        if (order is < LowestOrder or > HighestOrder) return SkyErrors.BadTilingOrder(order, LowestOrder, HighestOrder);
        var (min, max) = PixelSizes(order);
        return pixelSizeDeg >= min && pixelSizeDeg <= max ? null : SkyErrors.BadPixelSize(pixelSizeDeg, min, max, order);
    }

    private int Checked(int haloPixels) =>
        haloPixels >= 0 && haloPixels * PixelScaleDeg <= WidestHaloDeg
            ? haloPixels : throw SkyErrors.HaloTooWide(haloPixels, PixelScaleDeg, WidestHaloDeg);

    // Two threads may make the same image, and either is kept.
    private CellImage Image(int index) => _images[index] ??= new CellImage(new HealpixCell(Order, index), PixelScaleDeg);

    private int Index(TileId tile) => Find(tile.ToString()) ?? throw SkyErrors.UnknownCellTile(tile, Names);

    private int? Find(string? text)
    {
        var start = text?.LastIndexOf('-') + 1 ?? 0;
        if (start == 0 || !int.TryParse(text.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return null;
        return index < _names.Length && _names[index].ToString() == text ? index : null;
    }
}
