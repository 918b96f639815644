namespace TsMapSurvey.Fits;

/// <summary>
/// How an image is divided into tiles (FITS standard 4.0, 10.1). Axis 1 runs fastest. The last tile along an axis has the remaining pixels.
/// </summary>
internal sealed class TileGrid
{
    private readonly int[] _axes;
    private readonly int[] _tile;
    private readonly long[] _across;

    /// <param name="axes">ZNAXISn: at least one axis, each with at least one pixel.</param>
    /// <param name="tile">ZTILEn, of the same length, each at least 1.</param>
    public TileGrid(int[] axes, int[] tile)
    {
        (_axes, _tile) = (axes, tile);
        _across = [.. axes.Select((length, n) => (length + (long)tile[n] - 1) / tile[n])];
    }

    public int Width => _axes[0];

    /// <summary>Tiles side by side along axis 1.</summary>
    public long TilesInRow => _across[0];

    /// <summary>Pixels along axis 1 of every tile but the last.</summary>
    public int TileWidth => _tile[0];

    public long TileCount => _across.Aggregate(1L, (product, count) => product * count);

    public long LargestTile =>
        _axes.Select((length, n) => (long)Math.Min(length, _tile[n])).Aggregate(1L, (product, length) => product * length);

    /// <summary>Finds the tiles that hold an image row.</summary>
    /// <param name="row">0-based, counted over all planes.</param>
    /// <param name="firstTile">The leftmost tile with pixels of the row; the tiles to its right have the following indices.</param>
    /// <param name="rowInTile">0-based index of the row within these tiles.</param>
    public void Find(long row, out long firstTile, out long rowInTile)
    {
        (firstTile, rowInTile) = (0, 0);
        long tiles = _across[0], rows = 1;
        for (var n = 1; n < _axes.Length; n++)
        {
            (row, var at) = Math.DivRem(row, _axes[n]);
            var (index, within) = Math.DivRem(at, _tile[n]);
            firstTile += index * tiles;
            rowInTile += within * rows;
            tiles *= _across[n];
            rows *= Extent(n, index);
        }
    }

    public int WidthOf(long tile) => Extent(0, tile % _across[0]);

    public long PixelsOf(long tile)
    {
        long pixels = 1;
        for (var n = 0; n < _axes.Length; n++)
        {
            (tile, var index) = Math.DivRem(tile, _across[n]);
            pixels *= Extent(n, index);
        }

        return pixels;
    }

    private int Extent(int axis, long index) => (int)Math.Min(_tile[axis], _axes[axis] - index * _tile[axis]);
}
