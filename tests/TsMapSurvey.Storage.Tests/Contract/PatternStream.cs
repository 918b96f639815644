namespace TsMapSurvey.Storage.Tests.Contract;

/// <summary>A long stream that takes no memory: byte i is i * 31 / 7, wrapped.</summary>
internal sealed class PatternStream(long length, bool seekable) : Stream
{
    private long _position;

    /// <summary>Bytes read from it so far.</summary>
    public long Taken => Volatile.Read(ref _position);

    public override bool CanRead => true;

    public override bool CanSeek => seekable;

    public override bool CanWrite => false;

    public override long Length => seekable ? length : throw new NotSupportedException();

    public override long Position
    {
        get => seekable ? _position : throw new NotSupportedException();
        set => _position = seekable ? value : throw new NotSupportedException();
    }

    public static async Task CheckAsync(Stream found, long length, CancellationToken cancellationToken)
    {
        using var expected = new PatternStream(length, true);
        Assert.True(await ContentHash.SameAsync(expected, found, cancellationToken));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - _position);
        for (var i = 0; i < count; i++) buffer[i] = unchecked((byte)((_position + i) * 31 / 7));
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
