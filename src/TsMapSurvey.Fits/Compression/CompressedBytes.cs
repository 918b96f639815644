namespace TsMapSurvey.Fits;

/// <summary>
/// The bytes of a tile-compressed image before compression. A tile is decompressed when its bytes are first read. Recent tiles are cached,
/// so that reading rows in order decompresses each tile once.
/// </summary>
internal sealed class CompressedBytes(TileGrid tiles, TileDecoder decoder) : ElementBytes
{
    /// <summary>Cache size. Tiles in the same rows as the latest one are kept in addition.</summary>
    private const long CacheBytes = 32 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, byte[]> _cache = [];
    private readonly Queue<long> _oldestFirst = new();
    private long _cachedBytes;

    public override void Read(long offset, Span<byte> destination)
    {
        lock (_lock)
        {
            var rowBytes = (long)tiles.Width * decoder.ElementBytes;
            while (destination.Length > 0)
            {
                var (row, within) = Math.DivRem(offset, rowBytes);
                tiles.Find(row, out var first, out var rowInTile);
                var (across, inTile) = Math.DivRem(within, (long)tiles.TileWidth * decoder.ElementBytes);
                var tile = first + across;
                var width = (long)tiles.WidthOf(tile) * decoder.ElementBytes;
                var part = (int)Math.Min(destination.Length, width - inTile);
                GetTile(tile).AsSpan((int)((rowInTile * width) + inTile), part).CopyTo(destination);
                offset += part;
                destination = destination[part..];
            }
        }
    }

    private byte[] GetTile(long tile)
    {
        if (_cache.TryGetValue(tile, out var cached)) return cached;
        while (_cachedBytes > CacheBytes && _oldestFirst.TryPeek(out var oldest) && oldest / tiles.TilesInRow != tile / tiles.TilesInRow)
        {
            _oldestFirst.Dequeue();
            _cache.Remove(oldest, out var evicted);
            _cachedBytes -= evicted!.Length;
        }

        var bytes = decoder.Decode(tile);
        _cache.Add(tile, bytes);
        _oldestFirst.Enqueue(tile);
        _cachedBytes += bytes.Length;
        return bytes;
    }
}

/// <summary>An image with an unsupported compression. Its header and shape can be read; reading its values throws.</summary>
internal sealed class UnreadableBytes(string algorithm, FitsPlace place) : ElementBytes
{
    public override void Read(long offset, Span<byte> destination) => throw FitsErrors.UnsupportedCompression(place, algorithm);
}
