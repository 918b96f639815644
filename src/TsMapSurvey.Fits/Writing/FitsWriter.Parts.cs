using System.Buffers;
using System.IO.Compression;

namespace TsMapSurvey.Fits;

public sealed partial class FitsWriter
{
    private const int CopyBytes = FitsBlock.Bytes * 32;

    private readonly List<FitsImageParts> _parts = [];
    private readonly bool _compressAtEnd;

    private FitsWriter(AtomicFile file, string path, CompressionLevel level)
        : this(file.Stream, false, true, level, file, path) =>
        (_compressAtEnd, _level) = (IsGzip(path), level);

    /// <summary>
    /// Like <see cref="Create"/>, for files whose images are written in parts (<see cref="ReserveImage"/>). The temporary file is never
    /// compressed. The published file is compressed if the path ends in .gz.
    /// </summary>
    public static FitsWriter CreateInParts(string path, CompressionLevel level = CompressionLevel.Optimal) =>
        new(new AtomicFile(path), path, level);

    /// <summary>
    /// Reserves an image whose elements are written later, in any order and any number of parts. Elements that are never written are zero.
    /// The bytes of the file are the same as if the image had been written at once.
    /// </summary>
    /// <inheritdoc cref="WriteImage(string?, int[], ReadOnlySpan{double}, FitsHeader?, FitsElementType, FitsScaling?)"/>
    public FitsImageParts ReserveImage(
        string? extName, int[] axes, FitsHeader? extra = null, FitsElementType storeAs = FitsElementType.Double)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (_file is null || _stream != _file.Stream)
            throw Refused("stream", "a stream that is written in order", $"a file from {nameof(CreateInParts)}");
        if (!Enum.IsDefined(storeAs) || storeAs == FitsElementType.None) throw Refused("element type", storeAs, "one of the six of BITPIX");
        var structure = ImageHeader(extName, axes, storeAs, null, FitsScaling.None);
        var header = HeaderBytes.Build(structure, extra, keepBlank: false, datasum: 0, Place);
        _stream.Flush();
        var parts =
            new FitsImageParts(_file.Stream.SafeFileHandle, structure, extra, storeAs, axes, _stream.Position, header.Length, Place);
        _stream.Write(header);
        _stream.SetLength(parts.DataOffset + FitsBlock.RoundUp(parts.DataBytes));
        _stream.Position = _stream.Length;
        _parts.Add(parts);
        _hdus++;
        return parts;
    }

    /// <summary>Discards the file: nothing is published.</summary>
    public void Abandon() => _failed = true;

    /// <summary>Flushes the bytes written so far to disk, so that <see cref="Complete(CancellationToken)"/> takes less time.</summary>
    public void FlushToDisk() => _file?.Stream.Flush(flushToDisk: true);

    /// <summary>
    /// Like <see cref="Complete()"/>, but can be cancelled. For files in parts it computes the checksums and compresses the file.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is published.</exception>
    public void Complete(CancellationToken cancellationToken)
    {
        if (_ended) return;
        try
        {
            if (!_failed)
                foreach (var parts in _parts) parts.WriteHeader(cancellationToken);
            _parts.Clear();
            if (!_compressAtEnd || _failed || _hdus == 0)
            {
                End();
                return;
            }

            _ended = true;
            _stream.Flush();
            using (_file) Compress(cancellationToken);
        }
        catch
        {
            _failed = true;
            throw;
        }
    }

    private static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private void Compress(CancellationToken cancellationToken)
    {
        using var compressed = new AtomicFile(_name);
        _stream.Position = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            using (var gzip = new GZipStream(compressed.Stream, _level, leaveOpen: true))
            {
                while (_stream.Read(buffer, 0, CopyBytes) is var count and > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    gzip.Write(buffer, 0, count);
                }
            }

            compressed.Publish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
