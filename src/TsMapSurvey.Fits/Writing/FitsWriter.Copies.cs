using System.Buffers;

namespace TsMapSurvey.Fits;

public sealed partial class FitsWriter
{
    private const int CopiedAtOnce = 64 * FitsBlock.Bytes;

    /// <summary>
    /// Copies an extension of another file, header and data byte by byte, so that its checksums stay valid. If it is the first HDU, an empty
    /// primary HDU precedes it.
    /// </summary>
    /// <exception cref="FitsException">It is a primary HDU, or its file is damaged.</exception>
    public void WriteCopy(FitsHdu extension)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        var unit = extension.Unit;
        if (unit.Index == 0) throw Refused("copy", "a primary HDU", "an extension");
        if (_hdus == 0) WriteEmptyPrimary();
        var failedBefore = _failed;
        _failed = true;
        var (at, end) = (unit.HeaderOffset, unit.DataOffset + FitsBlock.RoundUp(unit.DataBytes));
        var buffer = ArrayPool<byte>.Shared.Rent(CopiedAtOnce);
        try
        {
            while (at < end)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(CopiedAtOnce, end - at));
                var found = unit.Source.Read(at, part);
                if (found < part.Length) throw FitsErrors.ShortRead(unit.Place, at, found, part.Length);
                _stream.Write(part);
                at += part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _hdus++;
        _failed = failedBefore;
    }
}
