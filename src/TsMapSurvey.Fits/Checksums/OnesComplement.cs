using System.Buffers.Binary;

namespace TsMapSurvey.Fits;

/// <summary>The 32-bit ones'-complement sum of FITS standard 4.0, appendix J, over big-endian words.</summary>
internal struct OnesComplement
{
    private ulong _sum;

    /// <summary>The sum so far, with its carries added back in.</summary>
    public readonly uint Sum
    {
        get
        {
            var folded = _sum;
            while (folded > uint.MaxValue) folded = (folded & uint.MaxValue) + (folded >> 32);
            return (uint)folded;
        }
    }

    /// <summary>Adds bytes. The length must be a multiple of 4; 2^32 words fit in a 64-bit sum before carries are lost.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ulong even = 0, odd = 0;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var words = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            even += words >> 32;
            odd += words & uint.MaxValue;
        }

        if (bytes.Length >= 4) even += BinaryPrimitives.ReadUInt32BigEndian(bytes);
        _sum = Fold(_sum) + Fold(even) + Fold(odd);
    }

    public void Add(uint sum) => _sum = Fold(_sum) + sum;

    private static ulong Fold(ulong sum) => (sum & uint.MaxValue) + (sum >> 32);
}
