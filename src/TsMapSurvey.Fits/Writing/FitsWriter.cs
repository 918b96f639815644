using System.IO.Compression;

namespace TsMapSurvey.Fits;

/// <summary>
/// Writes a FITS file HDU by HDU, in order, with CHECKSUM and DATASUM in each. Nothing but one HDU's own arrays is held in memory.
/// What a header argument says about structure (NAXISn, TFORMn, BSCALE, CHECKSUM, ...) is ignored: the data say it.
/// </summary>
/// <remarks>
/// Create writes to a temporary file beside the path and renames it when the writer is disposed of and no call on it had failed.
/// A caller that may fail between two HDUs uses <see cref="Write"/>, which publishes nothing in that case.
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

    /// <summary>Writes to a stream from where it stands; the stream need not seek.</summary>
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

    /// <summary>Writes to a file, as gzip when the path ends in .gz. The same data give the same bytes.</summary>
    public static FitsWriter Create(string path, CompressionLevel level = CompressionLevel.Optimal)
    {
        var file = new AtomicFile(path);
        return new FitsWriter(file.Stream, IsGzip(path), leaveOpen: true, level, file, path);
    }

    /// <summary>Creates a file, has it written, and publishes it only if nothing threw.</summary>
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

    /// <summary>A primary HDU without data. Written by itself when the first HDU is an extension.</summary>
    /// <exception cref="FitsException">Something was written before.</exception>
    public void WriteEmptyPrimary(FitsHeader? extra = null)
    {
        if (_hdus > 0) throw Refused("primary HDU", $"one behind {_hdus} others", "the first HDU");
        Emit(new FitsHeader().Set("SIMPLE", true, "conforms to the FITS standard").Set("BITPIX", 8).Set("NAXIS", 0)
            .Set("EXTEND", true), extra, keepBlank: false, new NoData());
    }

    /// <summary>Ends the file and gives it its name; further writes fail. Dispose does the same.</summary>
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

    /// <summary>Completes, unless a call had failed or nothing was written: then no file appears.</summary>
    public void Dispose()
    {
        if (_ended) return;
        Complete();
    }

    /// <summary>
    /// The data pass twice: once to be summed (and checked, so that an error leaves nothing half written), once to be written.
    /// </summary>
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
