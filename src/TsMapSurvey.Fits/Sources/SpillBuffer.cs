using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace TsMapSurvey.Fits;

/// <summary>An append-only buffer. The first bytes are held in pooled memory, the rest in a temporary file.</summary>
internal sealed class SpillBuffer(long inMemory) : IDisposable
{
    private const int ChunkBytes = 1 << 18;

    private readonly long _inMemory = inMemory >= long.MaxValue - ChunkBytes
        ? long.MaxValue : (inMemory + ChunkBytes - 1) / ChunkBytes * ChunkBytes;
    private readonly List<byte[]> _chunks = [];
    private FileStream? _file;

    public long Length { get; private set; }

    /// <summary>The temporary file's handle; null while all bytes are in memory.</summary>
    public SafeFileHandle? FileHandle => _file?.SafeFileHandle;

    /// <summary>Calls a stream's Read once and appends the result. Returns the number of bytes, 0 at the end of the stream.</summary>
    public int Append(Func<Span<byte>, int> read)
    {
        var start = (int)(Length % ChunkBytes);
        var toFile = Length >= _inMemory;
        if (start == 0 && (toFile ? _chunks.Count == _inMemory / ChunkBytes : _chunks.Count == Length / ChunkBytes))
            _chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkBytes));
        var part = _chunks[^1].AsSpan(start, ChunkBytes - start);
        var count = read(part);
        if (toFile && count > 0) RandomAccess.Write((_file ??= UnlinkedFile.Create()).SafeFileHandle, part[..count], Length - _inMemory);
        Length += count;
        return count;
    }

    public void Read(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            int part;
            if (offset >= _inMemory)
            {
                part = RandomAccess.Read(_file!.SafeFileHandle, destination, offset - _inMemory);
                if (part == 0) throw new EndOfStreamException("the temporary file of decompressed bytes was truncated");
            }
            else
            {
                var (chunk, start) = Math.DivRem(offset, ChunkBytes);
                part = Math.Min(destination.Length, ChunkBytes - (int)start);
                _chunks[(int)chunk].AsSpan((int)start, part).CopyTo(destination);
            }

            offset += part;
            destination = destination[part..];
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        foreach (var chunk in _chunks) ArrayPool<byte>.Shared.Return(chunk);
        _chunks.Clear();
    }
}
