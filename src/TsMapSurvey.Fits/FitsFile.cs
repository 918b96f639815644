using System.IO.Compression;

namespace TsMapSurvey.Fits;

/// <summary>
/// A FITS file opened for reading. Opening reads only the headers; data are read on request. Two deviations from the standard are
/// accepted: a last block that is not padded to 2880 bytes, and bytes after the last HDU that are not an extension, which are ignored.
/// Reads are thread-safe.
/// </summary>
public sealed partial class FitsFile : IDisposable
{
    private readonly FitsSource _source;

    private FitsFile(string name, FitsSource source, IReadOnlyList<FitsHdu> hdus, IReadOnlyList<string> warnings)
    {
        Name = name;
        _source = source;
        (Hdus, Warnings) = (hdus, warnings);
    }

    /// <summary>The name given to Open. Every error message begins with it.</summary>
    public string Name { get; }

    /// <summary>All HDUs in file order; the first is the primary HDU.</summary>
    public IReadOnlyList<FitsHdu> Hdus { get; }

    /// <summary>Defects of the headers that do not prevent reading. Each sentence names the file and the HDU.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The first HDU with this EXTNAME (case-insensitive), or null. "PRIMARY" without a match is the first HDU.</summary>
    public FitsHdu? Find(string extName) =>
        Hdus.FirstOrDefault(hdu => hdu.Name.Equals(extName.TrimEnd(' '), StringComparison.OrdinalIgnoreCase))
        ?? (extName.Equals("PRIMARY", StringComparison.OrdinalIgnoreCase) ? Hdus[0] : null);

    /// <summary>Opens an uncompressed or gzip file.</summary>
    /// <exception cref="FitsException">The content is not FITS, is damaged, or exceeds the limits.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FitsFile Open(string path, FitsLimits? limits = null)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        return Open(stream, path, limits);
    }

    /// <summary>
    /// Opens a stream at its current position. An uncompressed seekable stream is read by range. Gzip data (detected by the first bytes;
    /// one or several members) and streams that cannot seek are held in memory, up to <see cref="FitsLimits.MaxDecompressedBytes"/>.
    /// </summary>
    /// <inheritdoc cref="Open(string, FitsLimits?)"/>
    public static FitsFile Open(Stream stream, string name, FitsLimits? limits = null, bool leaveOpen = false) =>
        Open(stream, name, limits, leaveOpen, CancellationToken.None);

    /// <summary>
    /// Opens a file to be read in parts. The decompressed bytes of a gzip file beyond the first <see cref="FitsLimits.MaxBytesInMemory"/>
    /// are written to a temporary file, which the operating system deletes when the process ends, even after a crash.
    /// </summary>
    /// <param name="limits">Null stands for <see cref="FitsLimits.InParts"/>.</param>
    /// <param name="cancellationToken">Cancels decompression, also in later reads.</param>
    /// <inheritdoc cref="Open(string, FitsLimits?)"/>
    public static FitsFile OpenInParts(string path, FitsLimits? limits = null, CancellationToken cancellationToken = default)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        return Open(stream, path, limits ?? FitsLimits.InParts, leaveOpen: false, cancellationToken);
    }

    private static FitsFile Open(Stream stream, string name, FitsLimits? limits, bool leaveOpen, CancellationToken cancellationToken)
    {
        limits ??= FitsLimits.Default;
        FitsSource? source = null;
        try
        {
            source = OpenSource(stream, new FitsPlace(name), limits, leaveOpen, cancellationToken);
            var warnings = new HeaderWarnings();
            return new FitsFile(name, source, HduScanner.Scan(source, name, limits, warnings), warnings.ToList());
        }
        catch
        {
            if (source is not null) source.Dispose();
            else if (!leaveOpen) stream.Dispose();
            throw;
        }
    }

    public void Dispose() => _source.Dispose();

    private static FitsSource OpenSource(
        Stream stream, FitsPlace place, FitsLimits limits, bool leaveOpen, CancellationToken cancellationToken)
    {
        Span<byte> magic = stackalloc byte[2];
        var start = stream.CanSeek ? stream.Position : 0;
        var count = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (count == 0) throw FitsErrors.Empty(place);
        if (stream.CanSeek) stream.Position = start;
        else stream = new PrefixedStream(magic[..count].ToArray(), stream, leaveOpen);

        if (magic is [0x1F, 0x8B])
            return new BufferedSource(new GZipStream(stream, CompressionMode.Decompress, leaveOpen && stream is not PrefixedStream),
                false, place, limits, cancellationToken);
        return stream.CanSeek
            ? new SeekableSource(stream, leaveOpen) : new BufferedSource(stream, false, place, limits, cancellationToken);
    }
}
