namespace TsMapSurvey.Fits;

/// <summary>Takes a data unit in pieces and passes it on in whole blocks, summing them; without a stream it only sums.</summary>
internal sealed class BlockSink(Stream? stream)
{
    private readonly byte[] _buffer = new byte[FitsBlock.Bytes * 32];
    private OnesComplement _sum;
    private int _filled;

    public uint Sum => _sum.Sum;

    /// <summary>Free space, to be filled in place: at least one byte.</summary>
    public Span<byte> Free => _buffer.AsSpan(_filled);

    /// <summary>Takes over what was written to the start of <see cref="Free"/>.</summary>
    public void Advance(int count)
    {
        _filled += count;
        if (_filled == _buffer.Length) Pass();
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
        Pass();
    }

    private void Pass()
    {
        var blocks = _buffer.AsSpan(0, _filled);
        _sum.Add(blocks);
        stream?.Write(blocks);
        _filled = 0;
    }
}
