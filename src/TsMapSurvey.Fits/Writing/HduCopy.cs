using System.Buffers;

namespace TsMapSurvey.Fits;

/// <summary>Copies header and data of an HDU byte by byte, padding included, so that its checksums stay valid.</summary>
internal static class HduCopy
{
    private const int BytesAtOnce = 64 * FitsBlock.Bytes;

    public static void Write(HduUnit unit, Stream stream)
    {
        var (at, end) = (unit.HeaderOffset, unit.DataOffset + FitsBlock.RoundUp(unit.DataBytes));
        var buffer = ArrayPool<byte>.Shared.Rent(BytesAtOnce);
        try
        {
            while (at < end)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(BytesAtOnce, end - at));
                var found = unit.Source.Read(at, part);
                if (found < part.Length) throw FitsErrors.ShortRead(unit.Place, at, found, part.Length);
                stream.Write(part);
                at += part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
