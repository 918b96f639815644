namespace TsMapSurvey.Fits;

/// <summary>A seekable stream, read by range. Offset 0 is the stream's position when the source was created.</summary>
internal sealed class SeekableSource : FitsSource
{
    private readonly Lock _lock = new();
    private readonly Stream _stream;
    private readonly long _start;
    private readonly bool _leaveOpen;

    public SeekableSource(Stream stream, bool leaveOpen)
    {
        _stream = stream;
        _start = stream.Position;
        _leaveOpen = leaveOpen;
    }

    public override long AvailableUpTo(long end) => Math.Min(end, Math.Max(0, _stream.Length - _start));

    public override int Read(long offset, Span<byte> destination)
    {
        lock (_lock)
        {
            _stream.Position = _start + offset;
            return _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
    }

    public override void Dispose()
    {
        if (!_leaveOpen) _stream.Dispose();
    }
}
