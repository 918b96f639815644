using System.IO.Compression;

namespace TsMapSurvey.Fits;

/// <summary>
/// Writes a FITS file HDU by HDU, with CHECKSUM and DATASUM in each HDU. No data are buffered beyond the arrays of the current HDU.
/// Structural keywords (NAXISn, TFORMn, BSCALE, CHECKSUM, ...) in a header argument are ignored; they are derived from the data.
/// </summary>
/// <remarks>
/// Create writes to a temporary file in the same folder and renames it on Dispose if no call on the writer has failed. A caller that may
/// fail between two HDUs uses <see cref="Write"/>, which then publishes nothing.
/// </remarks>
public sealed partial class FitsWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly AtomicFile? _file;
    private readonly string _name;
    private readonly CompressionLevel _level;
    private int _hdus;
    private bool _failed;
    private bool _ended;

    /// <summary>Writes to a stream from its current position. The stream need not be seekable.</summary>
    public FitsWriter(Stream stream, bool gzip = false, bool leaveOpen = false, CompressionLevel level = CompressionLevel.Optimal)
        : this(stream, gzip, leaveOpen, level, null, "")
    {
    }

    private FitsWriter(Stream stream, bool gzip, bool leaveOpen, CompressionLevel level, AtomicFile? file, string name)
    {
        _stream = gzip ? new GZipStream(stream, level, leaveOpen) : stream;
        _leaveOpen = leaveOpen && !gzip;
        _file = file;
        _name = name;
    }

    private FitsPlace Place => new(_name, _hdus);

    /// <summary>Writes to a file, as gzip if the path ends in .gz. The same data give the same bytes.</summary>
    public static FitsWriter Create(string path, CompressionLevel level = CompressionLevel.Optimal)
    {
        var file = new AtomicFile(path);
        return new FitsWriter(file.Stream, IsGzip(path), leaveOpen: true, level, file, path);
    }

    /// <summary>Creates a file, calls <paramref name="write"/>, and publishes the file only if nothing threw.</summary>
    public static void Write(string path, Action<FitsWriter> write, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var writer = Create(path, level);
        try
        {
            write(writer);
        }
        catch
        {
            writer._failed = true;
            throw;
        }
    }

    /// <summary>Writes a primary HDU without data. Called automatically if the first HDU is an extension.</summary>
    /// <exception cref="FitsException">An HDU was already written.</exception>
    public void WriteEmptyPrimary(FitsHeader? extra = null)
    {
        if (_hdus > 0) throw Refused("primary HDU", $"a primary HDU after {_hdus} others", "it to be the first HDU");
        Emit(new FitsHeader().Set("SIMPLE", true, "conforms to the FITS standard").Set("BITPIX", 8).Set("NAXIS", 0)
            .Set("EXTEND", true), extra, keepBlank: false, new NoData());
    }

    /// <summary>Copies an extension of another file as it is. An empty primary HDU precedes it if it is the first.</summary>
    /// <exception cref="FitsException">It is a primary HDU, or its file is damaged.</exception>
    public void WriteCopy(FitsHdu extension)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (extension.Index == 0) throw Refused("copy", "a primary HDU", "an extension");
        if (_hdus == 0) WriteEmptyPrimary();
        (var failedBefore, _failed) = (_failed, true);
        HduCopy.Write(extension.Unit, _stream);
        _hdus++;
        _failed = failedBefore;
    }

    /// <summary>Ends the file and publishes it under its name. Later writes throw. Dispose does the same.</summary>
    public void Complete() => Complete(CancellationToken.None);

    private void End()
    {
        _ended = true;
        try
        {
            if (!_leaveOpen) _stream.Dispose();
            else _stream.Flush();
            if (!_failed && _hdus > 0) _file?.Publish();
        }
        finally
        {
            _file?.Dispose();
        }
    }

    /// <summary>Completes the file. If a call has failed or nothing was written, no file is published.</summary>
    public void Dispose()
    {
        if (_ended) return;
        Complete();
    }

    /// <summary>Encodes the data twice: first to compute the checksum and find errors before anything is written, then to write.</summary>
    private void Emit<TData>(FitsHeader structure, FitsHeader? extra, bool keepBlank, TData data)
        where TData : IHduData, allows ref struct
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        var failedBefore = _failed;
        _failed = true;
        var sum = new BlockSink(null);
        data.Encode(sum);
        sum.Finish();
        _stream.Write(HeaderBytes.Build(structure, extra, keepBlank, sum.Sum, Place));
        var sink = new BlockSink(_stream);
        data.Encode(sink);
        sink.Finish();
        _hdus++;
        _failed = failedBefore;
    }

    private FitsException Refused(string what, object? found, string expected)
    {
        _failed = true;
        return FitsErrors.NotWritable(Place, what, found, expected);
    }
}
