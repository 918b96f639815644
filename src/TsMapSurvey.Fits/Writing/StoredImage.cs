using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Fits;

/// <summary>Encodes elements unchanged, or with the top bit inverted (unsigned integers, signed bytes).</summary>
internal readonly ref struct StoredImage<T>(ReadOnlySpan<T> values, bool invertTopBit) : IHduData
    where T : unmanaged
{
    private readonly ReadOnlySpan<byte> _bytes = MemoryMarshal.AsBytes(values);

    public void Encode(BlockSink sink)
    {
        for (var rest = _bytes; rest.Length > 0;)
        {
            var part = sink.Free[..Math.Min(rest.Length, sink.Free.Length)];
            rest[..part.Length].CopyTo(part);
            BigEndian.Swap(part, Unsafe.SizeOf<T>());
            for (var i = 0; invertTopBit && i < part.Length; i += Unsafe.SizeOf<T>()) part[i] ^= 0x80;
            sink.Advance(part.Length);
            rest = rest[part.Length..];
        }
    }
}
