using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Vo.Hips2Fits;

/// <summary>For each pixel of an image, the tile and the pixel of the tile's image that contain its centre.</summary>
internal sealed class PixelOwners
{
    private const int Nobody = -1;

    private readonly List<(TileId Tile, int Width, int Count)> _tiles = [];
    private readonly int[] _tileOf;
    private readonly int[] _pixelOf;

    private PixelOwners(int pixels) => (_tileOf, _pixelOf) = (new int[pixels], new int[pixels]);

    public static PixelOwners Of(SkyGrid image, ITiling tiling, CancellationToken cancellationToken)
    {
        var owners = new PixelOwners(image.Width * image.Height);
        var numbers = new Dictionary<TileId, int>();
        for (var (y, i) = (0, 0); y < image.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var x = 0; x < image.Width; x++, i++)
            {
                owners._tileOf[i] = Nobody;
                if (image.PixelCentre(x, y) is not { } centre || tiling.Owner(centre) is not { } own) continue;
                if (!numbers.TryGetValue(own.Tile, out var number))
                {
                    numbers[own.Tile] = number = owners._tiles.Count;
                    owners._tiles.Add((own.Tile, tiling.GridOf(own.Tile).Width, 0));
                }

                var tile = owners._tiles[number];
                owners._tiles[number] = tile with { Count = tile.Count + 1 };
                (owners._tileOf[i], owners._pixelOf[i]) = (number, own.Y * tile.Width + own.X);
            }
        }

        return owners;
    }

    /// <summary>The tiles that own a pixel, each with its pixels of the image and, in the same order, those of the tile.</summary>
    public IEnumerable<(TileId Tile, ReadOnlyMemory<int> To, ReadOnlyMemory<int> From)> ByTile()
    {
        var ends = new int[_tiles.Count];
        for (var (number, start) = (0, 0); number < ends.Length; number++) (ends[number], start) = (start, start + _tiles[number].Count);
        var (to, from) = (new int[_tiles.Sum(tile => tile.Count)], new int[_tiles.Sum(tile => tile.Count)]);
        for (var i = 0; i < _tileOf.Length; i++)
        {
            if (_tileOf[i] == Nobody) continue;
            var place = ends[_tileOf[i]]++;
            (to[place], from[place]) = (i, _pixelOf[i]);
        }

        for (var number = 0; number < ends.Length; number++)
        {
            var (tile, _, count) = _tiles[number];
            yield return (tile, to.AsMemory(ends[number] - count, count), from.AsMemory(ends[number] - count, count));
        }
    }
}
