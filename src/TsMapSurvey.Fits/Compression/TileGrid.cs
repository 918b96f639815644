namespace TsMapSurvey.Fits;

/// <summary>How an image is cut into tiles (FITS standard 4.0, 10.1): axis 1 runs fastest, tiles at the far ends are as small as what is left.</summary>
internal sealed class TileGrid
{
    private readonly int[] _axes;
    private readonly int[] _tile;
    private readonly long[] _across;

    /// <param name="axes">ZNAXISn, at least one axis and none of zero pixels.</param>
    /// <param name="tile">ZTILEn, of the same length, each at least 1.</param>
    public TileGrid(int[] axes, int[] tile)
    {
        (_axes, _tile) = (axes, tile);
        _across = [.. axes.Select((length, n) => (length + (long)tile[n] - 1) / tile[n])];
    }

    /// <summary>Pixels of an image row.</summary>
    public int Width => _axes[0];

    /// <summary>Tiles side by side along axis 1.</summary>
    public long TilesInRow => _across[0];

    /// <summary>Pixels of axis 1 in a tile that is not the last.</summary>
    public int TileWidth => _tile[0];

    /// <summary>All tiles, no more than there are pixels.</summary>
    public long TileCount => _across.Aggregate(1L, (product, count) => product * count);

    /// <summary>Pixels of the largest tile.</summary>
    public long LargestTile => _axes.Select((length, n) => (long)Math.Min(length, _tile[n])).Aggregate(1L, (product, length) => product * length);

    /// <summary>Where an image row lies in its tiles.</summary>
    /// <param name="row">0-based, of all rows of all planes.</param>
    /// <param name="firstTile">The leftmost tile that has pixels of the row; its neighbours follow.</param>
    /// <param name="rowInTile">Which of the rows of these tiles it is.</param>
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

    /// <summary>Pixels along axis 1 of a tile.</summary>
    public int WidthOf(long tile) => Extent(0, tile % _across[0]);

    /// <summary>Pixels of a tile.</summary>
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
