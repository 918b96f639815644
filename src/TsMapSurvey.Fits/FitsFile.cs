using System.IO.Compression;

namespace TsMapSurvey.Fits;

/// <summary>
/// A FITS file, read. Opening reads the headers alone; data are read when asked for. Two departures from the standard are accepted:
/// a last block that is not padded to 2880 bytes, and anything but an extension after the last HDU, which is ignored.
/// Reads may come from several threads.
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

    /// <summary>As given to Open; it stands in front of every error.</summary>
    public string Name { get; }

    /// <summary>At least the primary HDU.</summary>
    public IReadOnlyList<FitsHdu> Hdus { get; }

    /// <summary>
    /// What a user should know of the headers though the file can be read; each sentence names file and HDU. Mostly empty.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The first HDU of that EXTNAME, whatever its case, or null. "PRIMARY" is always the first HDU.</summary>
    public FitsHdu? Find(string extName) =>
        Hdus.FirstOrDefault(hdu => hdu.Name.Equals(extName.TrimEnd(' '), StringComparison.OrdinalIgnoreCase))
        ?? (extName.Equals("PRIMARY", StringComparison.OrdinalIgnoreCase) ? Hdus[0] : null);

    /// <summary>Opens a plain or gzip file.</summary>
    /// <exception cref="FitsException">The content is not FITS, is damaged, or is beyond the limits.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FitsFile Open(string path, FitsLimits? limits = null)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        return Open(stream, path, limits);
    }

    /// <summary>
    /// Opens from where the stream stands. A plain stream that can seek is read by range; gzip (recognised by its first bytes, one or
    /// several members) and streams that cannot seek are kept in memory, at most <see cref="FitsLimits.MaxDecompressedBytes"/>.
    /// </summary>
    /// <inheritdoc cref="Open(string, FitsLimits?)"/>
    public static FitsFile Open(Stream stream, string name, FitsLimits? limits = null, bool leaveOpen = false) =>
        Open(stream, name, limits, leaveOpen, CancellationToken.None);

    /// <summary>
    /// Opens a file to be read in parts: what a gzip file unfolds to beyond the first <see cref="FitsLimits.MaxUnfoldedInMemory"/> bytes
    /// goes to a temporary file that has no name from the start and so is gone with the process, however that ends.
    /// </summary>
    /// <param name="limits">Null: <see cref="FitsLimits.InParts"/>.</param>
    /// <param name="cancellationToken">Stops the unfolding, also of later reads.</param>
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
            source = Source(stream, new FitsPlace(name), limits, leaveOpen, cancellationToken);
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

    private static FitsSource Source(Stream stream, FitsPlace place, FitsLimits limits, bool leaveOpen, CancellationToken cancellationToken)
    {
        Span<byte> magic = stackalloc byte[2];
        var start = stream.CanSeek ? stream.Position : 0;
        var count = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (count == 0) throw FitsErrors.Empty(place);
        if (stream.CanSeek) stream.Position = start;
        else stream = new PrefixedStream(magic[..count].ToArray(), stream, leaveOpen);

        if (magic is [0x1F, 0x8B])
            return new UnfoldingSource(new GZipStream(stream, CompressionMode.Decompress, leaveOpen && stream is not PrefixedStream),
                false, place, limits, cancellationToken);
        return stream.CanSeek
            ? new SeekableSource(stream, leaveOpen) : new UnfoldingSource(stream, false, place, limits, cancellationToken);
    }
}
