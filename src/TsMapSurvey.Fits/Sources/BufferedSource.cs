namespace TsMapSurvey.Fits;

/// <summary>
/// A stream that cannot seek (gzip, a network body). The bytes read so far are held in memory and, above a limit, in a temporary file.
/// Nothing is read before it is needed, so a decompression bomb takes at most the size that its FITS headers announce, and never more than
/// the limits.
/// </summary>
internal sealed class BufferedSource(
    Stream stream, bool leaveOpen, FitsPlace place, FitsLimits limits, CancellationToken cancellationToken) : FitsSource
{
    private readonly Lock _lock = new();
    private readonly SpillBuffer _buffer = new(limits.MaxBytesInMemory);
    private bool _ended;
    private bool _disposed;

    public override long AvailableUpTo(long end)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            while (_buffer.Length < end && !_ended) ReadMore();
            return Math.Min(end, _buffer.Length);
        }
    }

    public override int Read(long offset, Span<byte> destination)
    {
        var count = (int)Math.Max(0, AvailableUpTo(offset + destination.Length) - offset);
        _buffer.Read(offset, destination[..count]);
        return count;
    }

    public override void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _buffer.Dispose();
        }

        if (!leaveOpen) stream.Dispose();
    }

    private void ReadMore()
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ended = _buffer.Append(ReadStream) == 0;
        if (_buffer.Length > limits.MaxDecompressedBytes)
            throw FitsErrors.TooLarge(place, "decompressed size", $"more than {limits.MaxDecompressedBytes} bytes",
                limits.MaxDecompressedBytes, nameof(FitsLimits.MaxDecompressedBytes));
    }

    private int ReadStream(Span<byte> destination)
    {
        try
        {
            return stream.Read(destination);
        }
        catch (Exception exception) when (GzipTile.IsDamage(exception))
        {
            throw FitsErrors.BadGzip(place, _buffer.Length, exception);
        }
    }
}
