namespace TsMapSurvey.Fits;

/// <summary>
/// The columns of a compressed image's table, one row for each tile (FITS standard 4.0, 10.1.3). A scale, zero or blank that is the same
/// for all tiles may be a keyword instead of a column.
/// </summary>
internal sealed class TileColumns
{
    private readonly FitsHeader _header;
    private readonly FitsColumn? _scale;
    private readonly FitsColumn? _zero;
    private readonly FitsColumn? _blank;

    public TileColumns(FitsTable table)
    {
        _header = table.Header;
        (Compressed, Uncompressed, Gzipped) =
            (Data(table, "COMPRESSED_DATA"), Data(table, "UNCOMPRESSED_DATA"), Data(table, "GZIP_COMPRESSED_DATA"));
        (_scale, _zero, _blank) = (Number(table, "ZSCALE"), Number(table, "ZZERO"), Number(table, "ZBLANK"));
        IsQuantized = _scale is not null || _header.Contains("ZSCALE");
        if (Compressed is null && Uncompressed is null && Gzipped is null)
            throw FitsErrors.MissingKeyword(table.Unit.Place, "TTYPEn",
                "a column COMPRESSED_DATA, UNCOMPRESSED_DATA or GZIP_COMPRESSED_DATA");
    }

    public FitsColumn? Compressed { get; }

    /// <summary>Data of tiles that could not be compressed.</summary>
    public FitsColumn? Uncompressed { get; }

    /// <summary>Data of tiles that could not be quantized.</summary>
    public FitsColumn? Gzipped { get; }

    public bool IsQuantized { get; }

    public bool HasBlanks => _blank is not null;

    public double Scale(long tile) => Read(_scale, "ZSCALE", tile) ?? 1;

    public double Zero(long tile) => Read(_zero, "ZZERO", tile) ?? 0;

    public long? Blank(long tile) => Read(_blank, "ZBLANK", tile) is { } blank && blank == Math.Truncate(blank) ? (long)blank : null;

    private double? Read(FitsColumn? column, string keyword, long tile)
    {
        if (column is null) return _header.GetDouble(keyword);
        double value = 0;
        column.ReadDoubles(tile, new Span<double>(ref value));
        return value;
    }

    private static FitsColumn? Data(FitsTable table, string name) =>
        table.Find(name) is not { } column ? null : column.IsVariable ? column
            : throw FitsErrors.WrongType(table.Unit.Place, $"column {name}", "one of fixed length", "a column of variable length");

    private static FitsColumn? Number(FitsTable table, string name) =>
        table.Find(name) is not { } column ? null : column is { IsVariable: false, Repeat: 1 } ? column
            : throw FitsErrors.WrongType(table.Unit.Place, $"column {name}", $"{column.Repeat} elements in a row", "one number");
}
