using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>
/// The images of a survey's tiles as one function of position: the value of the pixel that contains the position, in the tile that owns it.
/// No value is interpolated or averaged. For use by one thread.
/// </summary>
public sealed class OwnedImages
{
    private readonly ITiling _tiling;
    private readonly SkyGrid? _whole;
    private readonly Dictionary<TileId, Image> _images;
    private Image _last;

    /// <param name="images">For each tile the pixels of its <see cref="ITiling.GridOf"/>, row by row from the bottom; of cubes plane by
    /// plane.</param>
    public OwnedImages(ITiling tiling, IReadOnlyDictionary<TileId, double[]> images)
    {
        (_tiling, _whole) = (tiling, (tiling as IMosaicGrid)?.Grid);
        _images = images.ToDictionary(image => image.Key, image => Of(image.Key, image.Value));
    }

    /// <summary>The value at a position in any frame, of a cube in its first plane; NaN where no tile has an image.</summary>
    public double At(SkyPosition position) => Find(position) is >= 0 and var place ? _last.Values![place] : double.NaN;

    /// <summary>The values of all planes at a position in any frame; NaN where no tile has an image.</summary>
    /// <param name="planes">As many as every image has planes.</param>
    public void At(SkyPosition position, Span<double> planes)
    {
        if (Find(position) is not (>= 0 and var place)) planes.Fill(double.NaN);
        else
            for (var plane = 0; plane < planes.Length; plane++) planes[plane] = _last.Values![place + plane * _last.Place.Area];
    }

    /// <summary>The place of a position in the first plane of its image, which <see cref="_last"/> is then; below 0: none.</summary>
    private int Find(SkyPosition position)
    {
        // Consecutive positions are mostly in one tile: without its name, which is built for every owner that is asked for.
        if (_whole is not null)
        {
            if (!_whole.TryPixelOf(position, out int x, out int y)) return -1;
            if (_last.Place.Contains(x, y)) return _last.PlaceOf(x - _last.Place.X, y - _last.Place.Y);
        }

        if (_tiling.Owner(position) is not { } owner) return -1;
        _last = _images.TryGetValue(owner.Tile, out var image) ? image : Of(owner.Tile, null);
        return _last.PlaceOf(owner.X, owner.Y);
    }

    /// <summary>The tiling if its tiles are cells: then the tile of a cell is known without a search, and <see cref="In"/> is
    /// quicker.</summary>
    internal ICellTiling? Cells => _tiling as ICellTiling;

    /// <summary>The grid and the pixels of the tile of a cell of <see cref="Cells"/>; null if there is no image.</summary>
    internal (SkyGrid Grid, double[] Values)? In(HealpixCell cell)
    {
        var tile = Cells!.TileOf(cell);
        return _images.TryGetValue(tile, out var image) && image.Values is { } values ? (_tiling.GridOf(tile), values) : null;
    }

    private Image Of(TileId tile, double[]? values) =>
        new(_tiling is IMosaicGrid whole ? whole.RegionOf(tile) : _tiling.GridOf(tile).Region, values);

    private readonly record struct Image(PixelRegion Place, double[]? Values)
    {
        public int PlaceOf(int x, int y) => Values is null ? -1 : y * Place.Width + x;
    }
}
