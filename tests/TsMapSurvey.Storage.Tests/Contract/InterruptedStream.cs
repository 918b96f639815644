namespace TsMapSurvey.Storage.Tests.Contract;

/// <summary>A long stream of equal bytes in pieces of 1 MiB, which runs an action once while it is read.</summary>
internal sealed class InterruptedStream(long length, byte value, long at, Func<Task> meanwhile) : Stream
{
    private const int Piece = 1 << 20;
    private long _position;
    private Func<Task>? _meanwhile = meanwhile;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= at && Interlocked.Exchange(ref _meanwhile, null) is { } happens) await happens();
        var count = (int)Math.Min(Math.Min(buffer.Length, Piece), length - _position);
        buffer.Span[..count].Fill(value);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
