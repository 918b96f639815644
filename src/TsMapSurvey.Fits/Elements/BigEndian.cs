using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

/// <summary>FITS stores numbers big-endian. The runtime's span overloads of ReverseEndianness are vectorised.</summary>
internal static class BigEndian
{
    /// <summary>Converts elements of 1, 2, 4 or 8 bytes between big-endian and the machine's byte order, in place.</summary>
    public static void Swap(Span<byte> bytes, int elementBytes)
    {
        if (!BitConverter.IsLittleEndian) return;
        switch (elementBytes)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
