using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace TsMapSurvey.Fits;

/// <summary>An image that is written in parts; created by <see cref="FitsWriter.ReserveImage"/>.</summary>
public sealed class FitsImageParts
{
    private const int PartBytes = FitsBlock.Bytes * 32;

    private readonly SafeFileHandle _file;
    private readonly FitsHeader _structure;
    private readonly FitsHeader? _extra;
    private readonly FitsElementType _type;
    private readonly long _headerOffset;
    private readonly FitsPlace _place;

    internal FitsImageParts(SafeFileHandle file, FitsHeader structure, FitsHeader? extra, FitsElementType type, int[] axes,
        long headerOffset, int headerBytes, FitsPlace place)
    {
        (_file, _structure, _extra, _type, _headerOffset, _place) = (file, structure, extra, type, headerOffset, place);
        DataOffset = headerOffset + headerBytes;
        Count = axes.Length == 0 ? 0 : axes.Aggregate(1L, (product, axis) => checked(product * axis));
        DataBytes = checked(Count * ElementBytes);
    }

    public long Count { get; }

    internal long DataOffset { get; }

    internal long DataBytes { get; }

    private int ElementBytes => Math.Abs((int)_type) / 8;

    /// <summary>Writes consecutive elements starting at a 0-based index. Overwrites earlier values.</summary>
    /// <exception cref="FitsException">The elements are not all inside the image, or a value does not fit the image's type.</exception>
    public void Write(long firstElement, ReadOnlySpan<double> values)
    {
        if (firstElement < 0 || firstElement > Count - values.Length)
            throw FitsErrors.ElementOutOfRange(_place, "image", firstElement, values.Length, Count);
        var image = new PhysicalImage(values, _type, FitsScaling.None, _place);
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (var done = 0; done < values.Length;)
            {
                var part = buffer.AsSpan(0, Math.Min(values.Length - done, PartBytes / ElementBytes) * ElementBytes);
                image.Encode(done, part);
                RandomAccess.Write(_file, part, DataOffset + (firstElement + done) * ElementBytes);
                done += part.Length / ElementBytes;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the header again with the checksums of the final data. Its length stays the same.</summary>
    internal void WriteHeader(CancellationToken cancellationToken) =>
        RandomAccess.Write(_file, HeaderBytes.Build(_structure, _extra, keepBlank: false, Sum(cancellationToken), _place), _headerOffset);

    private uint Sum(CancellationToken cancellationToken)
    {
        var sum = default(OnesComplement);
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            var end = DataOffset + FitsBlock.RoundUp(DataBytes);
            for (var offset = DataOffset; offset < end; offset += PartBytes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var part = buffer.AsSpan(0, (int)Math.Min(PartBytes, end - offset));
                for (var done = 0; done < part.Length;)
                    done += RandomAccess.Read(_file, part[done..], offset + done) is var count and > 0
                        ? count : throw FitsErrors.ShortRead(_place, offset + done, 0, part.Length - done);
                sum.Add(part);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return sum.Sum;
    }
}
