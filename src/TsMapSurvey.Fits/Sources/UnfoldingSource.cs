namespace TsMapSurvey.Fits;

/// <summary>
/// A stream that cannot seek (gzip, a network body), kept in memory, or beyond a limit in a temporary file, as far as it has been asked
/// for. Nothing is read ahead of the headers and data that are wanted, so a decompression bomb costs at most what its FITS headers make
/// plausible, and never more than the limit.
/// </summary>
internal sealed class UnfoldingSource(
    Stream stream, bool leaveOpen, FitsPlace place, FitsLimits limits, CancellationToken cancellationToken) : FitsSource
{
    private readonly Lock _turn = new();
    private readonly UnfoldedBytes _unfolded = new(limits.MaxUnfoldedInMemory);
    private bool _ended;
    private bool _disposed;

    public override long AvailableUpTo(long end)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            while (_unfolded.Length < end && !_ended) Unfold();
            return Math.Min(end, _unfolded.Length);
        }
    }

    public override int Read(long offset, Span<byte> destination)
    {
        var count = (int)Math.Max(0, AvailableUpTo(offset + destination.Length) - offset);
        _unfolded.Read(offset, destination[..count]);
        return count;
    }

    public override void Dispose()
    {
        lock (_turn)
        {
            _disposed = true;
            _unfolded.Dispose();
        }

        if (!leaveOpen) stream.Dispose();
    }

    private void Unfold()
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ended = _unfolded.Append(ReadSome) == 0;
        if (_unfolded.Length > limits.MaxDecompressedBytes)
            throw FitsErrors.TooLarge(place, "decompressed size", $"more than {limits.MaxDecompressedBytes} bytes",
                limits.MaxDecompressedBytes, nameof(FitsLimits.MaxDecompressedBytes));
    }

    private int ReadSome(Span<byte> destination)
    {
        try
        {
            return stream.Read(destination);
        }
        catch (Exception error) when (GzipTile.IsDamage(error))
        {
            throw FitsErrors.BadGzip(place, _unfolded.Length, error);
        }
    }
}
