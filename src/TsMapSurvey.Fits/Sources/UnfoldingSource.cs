namespace TsMapSurvey.Fits;

/// <summary>
/// A stream that cannot seek (gzip, a network body), kept in memory as far as it has been asked for. Nothing is read ahead of the
/// headers and data that are wanted, so a decompression bomb costs at most what its FITS headers make plausible, and never more
/// than the limit.
/// </summary>
internal sealed class UnfoldingSource(Stream stream, bool leaveOpen, FitsPlace place, long limit) : FitsSource
{
    private const int ChunkBytes = 1 << 18;

    private readonly Lock _turn = new();
    private readonly List<byte[]> _chunks = [];
    private long _length;
    private bool _ended;

    public override long AvailableUpTo(long end)
    {
        lock (_turn)
        {
            while (_length < end && !_ended) Unfold();
            return Math.Min(end, _length);
        }
    }

    public override int Read(long offset, Span<byte> destination)
    {
        var count = (int)Math.Max(0, AvailableUpTo(offset + destination.Length) - offset);
        for (var done = 0; done < count;)
        {
            var (chunk, start) = Math.DivRem(offset + done, ChunkBytes);
            var part = Math.Min(count - done, ChunkBytes - (int)start);
            _chunks[(int)chunk].AsSpan((int)start, part).CopyTo(destination[done..]);
            done += part;
        }

        return count;
    }

    public override void Dispose()
    {
        if (!leaveOpen) stream.Dispose();
    }

    private void Unfold()
    {
        var start = (int)(_length % ChunkBytes);
        if (start == 0 && _length / ChunkBytes == _chunks.Count) _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkBytes));
        var count = ReadSome(_chunks[^1].AsSpan(start));
        _ended = count == 0;
        _length += count;
        if (_length > limit)
            throw FitsErrors.TooLarge(place, "decompressed size", $"more than {limit} bytes", limit, nameof(FitsLimits.MaxDecompressedBytes));
    }

    private int ReadSome(Span<byte> destination)
    {
        try
        {
            return stream.Read(destination);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException || error.GetType().Namespace == "System.IO.Compression")
        {
            throw FitsErrors.BadGzip(place, _length, error);
        }
    }
}
