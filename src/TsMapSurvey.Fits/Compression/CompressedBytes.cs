namespace TsMapSurvey.Fits;

/// <summary>
/// A tile-compressed image as the run of bytes that it was: tiles are decompressed when bytes of them are asked for, and the last ones
/// kept, so that reading rows in order decompresses a tile once.
/// </summary>
internal sealed class CompressedBytes(TileGrid tiles, TileDecoder decoder) : ElementBytes
{
    /// <summary>Of the tiles kept, beside those that lie in the same rows as the last one.</summary>
    private const long KeptBytes = 32 << 20;

    private readonly Lock _turn = new();
    private readonly Dictionary<long, byte[]> _kept = [];
    private readonly Queue<long> _oldest = new();
    private long _bytes;

    public override void Read(long offset, Span<byte> destination)
    {
        lock (_turn)
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
                Tile(tile).AsSpan((int)((rowInTile * width) + inTile), part).CopyTo(destination);
                offset += part;
                destination = destination[part..];
            }
        }
    }

    private byte[] Tile(long tile)
    {
        if (_kept.TryGetValue(tile, out var kept)) return kept;
        while (_bytes > KeptBytes && _oldest.TryPeek(out var oldest) && oldest / tiles.TilesInRow != tile / tiles.TilesInRow)
        {
            _oldest.Dequeue();
            _kept.Remove(oldest, out var dropped);
            _bytes -= dropped!.Length;
        }

        var bytes = decoder.Decode(tile);
        _kept.Add(tile, bytes);
        _oldest.Enqueue(tile);
        _bytes += bytes.Length;
        return bytes;
    }
}

/// <summary>
/// An image whose compression is not read: it is listed with its shape, and asking for its values says why there are none.
/// </summary>
internal sealed class UnreadableBytes(string algorithm, FitsPlace place) : ElementBytes
{
    public override void Read(long offset, Span<byte> destination) => throw FitsErrors.UnsupportedCompression(place, algorithm);
}
