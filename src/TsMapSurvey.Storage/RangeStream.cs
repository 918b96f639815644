using System.Buffers;

namespace TsMapSurvey.Storage;

/// <summary>Reads bytes at an offset into a buffer: at least one unless the offset is at the end.</summary>
internal delegate ValueTask<int> RangeReader(long offset, Memory<byte> destination, CancellationToken cancellationToken);

/// <summary>
/// A seekable stream over range reads. Small reads are served from one read-ahead buffer. Reads of at least its size bypass it, so that a
/// stream around another of the same buffer size buffers only once.
/// </summary>
internal sealed class RangeStream(long length, int bufferBytes, RangeReader source, IDisposable? owned) : Stream
{
    private byte[]? _buffer;
    private long _bufferStart;
    private int _buffered;
    private long _position;
    private bool _closed;

    /// <summary>The underlying reader. Unlike the stream, it may be called concurrently.</summary>
    public RangeReader Source => source;

    public override bool CanRead => !_closed;

    public override bool CanSeek => !_closed;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var target = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };
        if (target < 0) throw new IOException($"expected a position from 0 on, found {target}");
        return _position = target;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (FromBuffer(buffer.Span) is var copied and > 0) return copied;
        var left = length - _position;
        if (left <= 0 || buffer.IsEmpty) return 0;
        var read = buffer.Length >= bufferBytes
            ? await source(_position, buffer[..(int)Math.Min(left, buffer.Length)], cancellationToken).ConfigureAwait(false)
            : 0;
        if (read == 0)
        {
            await FillAsync((int)Math.Min(left, bufferBytes), cancellationToken).ConfigureAwait(false);
            return FromBuffer(buffer.Span);
        }

        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var copied = FromBuffer(buffer.AsSpan(offset, count));
        return copied > 0 ? copied : ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
    }

    public override int Read(Span<byte> buffer)
    {
        var copied = FromBuffer(buffer);
        if (copied > 0) return copied;
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, Math.Min(buffer.Length, bufferBytes)));
        try
        {
            var read = Read(rented, 0, Math.Min(rented.Length, buffer.Length));
            rented.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            owned?.Dispose();
            if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        base.Dispose(disposing);
    }

    private int FromBuffer(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var start = _position - _bufferStart;
        if (_buffer is null || start < 0 || start >= _buffered) return 0;
        var count = (int)Math.Min(destination.Length, _buffered - start);
        _buffer.AsSpan((int)start, count).CopyTo(destination);
        _position += count;
        return count;
    }

    private async ValueTask FillAsync(int count, CancellationToken cancellationToken)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent((int)Math.Min(bufferBytes, length));
        _buffered = 0;
        _bufferStart = _position;
        _buffered = await source(_position, _buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        if (_buffered == 0) throw new EndOfStreamException($"expected {length} bytes, found {_position}");
    }
}
