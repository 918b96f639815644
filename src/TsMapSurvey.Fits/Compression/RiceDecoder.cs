using System.Numerics;

namespace TsMapSurvey.Fits;

/// <summary>
/// RICE_1 (FITS standard 4.0, 10.4.1; Rice, Yeh and Miller 1993, Pence et al. 2009). The first pixel is stored unchanged. Blocks of
/// differences between neighbouring pixels follow. A difference 0, -1, 1, -2, 2 is mapped to 0, 1, 2, 3, 4. Each block begins with FS + 1.
/// The FS low bits of a mapped difference are stored in binary; the remaining high part n is stored as n zeros and a one. FS + 1 = 0 means
/// that all differences in the block are zero. The largest FS means that the differences are stored uncoded.
/// </summary>
internal ref struct RiceDecoder
{
    private readonly int _bits;
    private readonly int _lengthBits;
    private readonly int _uncoded;
    private ReadOnlySpan<byte> _rest;
    private ulong _buffer;
    private int _buffered;

    private RiceDecoder(ReadOnlySpan<byte> bytes, int bytesPerPixel)
    {
        _rest = bytes;
        _bits = 8 * bytesPerPixel;
        // FSBITS and FSMAX for the three pixel sizes.
        (_lengthBits, _uncoded) = bytesPerPixel switch { 1 => (3, 6), 2 => (4, 14), _ => (5, 25) };
    }

    /// <summary>Decodes a tile. Returns false if the bytes end before all pixels are decoded.</summary>
    /// <param name="bytesPerPixel">BYTEPIX: 1 (unsigned), 2 or 4 (signed).</param>
    /// <param name="blockSize">BLOCKSIZE, at least 1.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, int bytesPerPixel, int blockSize, Span<int> pixels) =>
        new RiceDecoder(bytes, bytesPerPixel).TryRun(blockSize, pixels);

    private bool TryRun(int blockSize, Span<int> pixels)
    {
        if (!TryBits(_bits, out var last)) return false;
        while (pixels.Length > 0)
        {
            var block = pixels[..Math.Min(blockSize, pixels.Length)];
            pixels = pixels[block.Length..];
            if (!TryBits(_lengthBits, out var coded)) return false;
            if (coded == 0)
            {
                block.Fill(Pixel(last));
                continue;
            }

            var low = (int)coded - 1;
            foreach (ref var pixel in block)
            {
                if (!(low == _uncoded ? TryBits(_bits, out var mapped) : TryCoded(low, out mapped))) return false;
                last += (mapped & 1) == 0 ? mapped >> 1 : ~(mapped >> 1);
                pixel = Pixel(last);
            }
        }

        return true;
    }

    /// <summary>Sums wrap at the width of a pixel.</summary>
    private readonly int Pixel(uint value) => _bits switch { 8 => (byte)value, 16 => (short)value, _ => (int)value };

    private bool TryCoded(int low, out uint mapped)
    {
        uint zeros = 0;
        mapped = 0;
        while (true)
        {
            if (_buffered == 0 && !TryFill()) return false;
            // The buffered bits are the lowest bits; the bits above them are zero.
            var leading = BitOperations.LeadingZeroCount(_buffer) - (64 - _buffered);
            zeros += (uint)Math.Min(leading, _buffered);
            if (leading < _buffered)
            {
                _buffered -= leading + 1;
                Trim();
                break;
            }

            (_buffer, _buffered) = (0, 0);
        }

        if (!TryBits(low, out var bits)) return false;
        mapped = (zeros << low) | bits;
        return true;
    }

    private bool TryBits(int count, out uint bits)
    {
        bits = 0;
        while (_buffered < count)
            if (!TryFill()) return false;
        _buffered -= count;
        bits = (uint)(_buffer >> _buffered);
        Trim();
        return true;
    }

    private bool TryFill()
    {
        if (_rest.IsEmpty) return false;
        _buffer = (_buffer << 8) | _rest[0];
        _buffered += 8;
        _rest = _rest[1..];
        return true;
    }

    private void Trim() => _buffer &= (1UL << _buffered) - 1;
}
