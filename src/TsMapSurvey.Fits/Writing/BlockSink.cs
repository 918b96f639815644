namespace TsMapSurvey.Fits;

/// <summary>Collects a data unit, computes its checksum, and writes it to the stream in whole blocks. A null stream only sums.</summary>
internal sealed class BlockSink(Stream? stream)
{
    private readonly byte[] _buffer = new byte[FitsBlock.Bytes * 32];
    private OnesComplement _sum;
    private int _filled;

    public uint Sum => _sum.Sum;

    /// <summary>Free space of at least one byte, which the caller may fill directly.</summary>
    public Span<byte> Free => _buffer.AsSpan(_filled);

    /// <summary>Adds the bytes that the caller has written to the start of <see cref="Free"/>.</summary>
    public void Advance(int count)
    {
        _filled += count;
        if (_filled == _buffer.Length) Flush();
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = Math.Min(bytes.Length, _buffer.Length - _filled);
            bytes[..part].CopyTo(Free);
            Advance(part);
            bytes = bytes[part..];
        }
    }

    /// <summary>Pads with zeros to the end of the block.</summary>
    public void Finish()
    {
        var padding = (int)(FitsBlock.RoundUp(_filled) - _filled);
        Free[..padding].Clear();
        _filled += padding;
        Flush();
    }

    private void Flush()
    {
        var blocks = _buffer.AsSpan(0, _filled);
        _sum.Add(blocks);
        stream?.Write(blocks);
        _filled = 0;
    }
}
