using System.Globalization;

namespace TsMapSurvey.Fits;

/// <summary>All exceptions of this library. Each message says what was found, what was expected, and where.</summary>
internal static class FitsErrors
{
    public static FitsException Empty(FitsPlace place) =>
        new(FitsError.Empty, place, "found no bytes, expected a FITS file");

    public static FitsException NotFits(FitsPlace place, string found) =>
        new(FitsError.NotFits, place, $"found {Quote(found)}, expected a first card 'SIMPLE  =                    T'");

    public static FitsException BadGzip(FitsPlace place, long decompressed, Exception inner) =>
        new(FitsError.BadGzip, place,
            $"found damaged gzip data after {decompressed} decompressed bytes ({inner.Message}), expected a complete gzip file", inner);

    public static FitsException TruncatedData(FitsPlace place, long found, long expected) =>
        new(FitsError.Truncated, place, $"found {found} bytes of data before the end of the file, expected {expected}");

    public static FitsException TruncatedHeader(FitsPlace place, int block, long found) =>
        new(FitsError.Truncated, place, $"header block {block}: found {found} bytes before the end of the file, expected 2880");

    public static FitsException ShortRead(FitsPlace place, long offset, int found, int expected) =>
        new(FitsError.Truncated, place,
            $"byte {offset}: found {found} bytes, expected {expected}; the file was truncated after it was opened");

    public static FitsException HeaderWithoutEnd(FitsPlace place, int cards) =>
        new(FitsError.HeaderWithoutEnd, place, $"found {cards} cards without an END card, expected an END card");

    public static FitsException MissingKeyword(FitsPlace place, string keyword, string expected) =>
        new(FitsError.MissingKeyword, place, $"card {keyword}: found none, expected {expected}");

    public static FitsException BadKeyword(FitsPlace place, string keyword, object? found, string expected, Exception? inner = null) =>
        new(FitsError.BadKeyword, place, $"card {keyword}: found {Show(found)}, expected {expected}", inner);

    public static FitsException RandomGroups(FitsPlace place) =>
        new(FitsError.RandomGroups, place, "card GROUPS: found random groups, expected an image or no data in the primary HDU");

    public static FitsException TooLarge(FitsPlace place, string what, string found, long limit, string limitName) =>
        new(FitsError.TooLarge, place, $"{what}: found {found}, expected at most {limit} ({nameof(FitsLimits)}.{limitName})");

    public static FitsException SizeOverflow(FitsPlace place, string found) =>
        new(FitsError.TooLarge, place, $"data size: found {found}, which overflows 64 bits, expected a size in bytes");

    public static FitsException TooManyElements(FitsPlace place, string what, long found) =>
        new(FitsError.TooLarge, place,
            $"{what}: found {found} elements, expected at most {Array.MaxLength} in one array; read it in parts");

    public static FitsException BadColumn(FitsPlace place, string card, string found, string expected) =>
        new(FitsError.BadColumn, place, $"card {card}: found {Quote(found)}, expected {expected}");

    public static FitsException ColumnsNotRow(FitsPlace place, long found, long expected) =>
        new(FitsError.BadColumn, place, $"card NAXIS1: found {found} bytes in a row, expected {expected}, the sum of all TFORMn");

    public static FitsException BadDescriptor(FitsPlace place, string column, long row, string found, long heap) =>
        new(FitsError.BadDescriptor, place,
            $"column {column}, row {row}: found {found}, expected an array inside the heap of {heap} bytes");

    public static FitsException AliasedHeap(FitsPlace place, string column, long row, long found, long limit) =>
        new(FitsError.BadDescriptor, place,
            $"column {column}, row {row}: found arrays of {found} bytes in total, expected at most {limit}, eight times the heap size");

    public static FitsException UnsupportedCompression(FitsPlace place, string algorithm) =>
        new(FitsError.UnsupportedCompression, place,
            $"found the unsupported tile compression {algorithm}, expected GZIP_1, GZIP_2, RICE_1 or NOCOMPRESS; run funpack first");

    public static FitsException BadTile(FitsPlace place, long tile, string found, string expected) =>
        new(FitsError.BadTile, place, $"tile {tile + 1} of the compressed image: found {found}, expected {expected}");

    public static FitsException ExpandsTooMuch(FitsPlace place, long found, long stored) =>
        new(FitsError.TooLarge, place,
            $"compressed image: found a decompressed size of {found} bytes, expected no more than {stored} compressed bytes can hold");

    public static FitsException TooLongArray(FitsPlace place, string column, long row, long found, long max) =>
        new(FitsError.BadDescriptor, place,
            $"column {column}, row {row}: found an array of {found} bytes, expected at most {max} for a tile of this size");

    public static FitsException BadChecksum(FitsPlace place, FitsChecksumStatus status) =>
        new(FitsError.BadChecksum, place, status == FitsChecksumStatus.DataMismatch
            ? "card DATASUM: found data with another checksum, expected unchanged data; the file is damaged"
            : "card CHECKSUM: found an HDU with another checksum, expected an unchanged header; the file is damaged");

    public static FitsException MissingExtensions(FitsPlace place, long found, long expected) =>
        new(FitsError.Truncated, place, $"found {found} extensions, expected {expected} according to the card {FitsFile.ExtensionCount}");

    public static FitsException WrongType(FitsPlace place, string what, string found, string expected) =>
        new(FitsError.WrongType, place, $"{what}: found {found}, expected {expected}");

    public static FitsException ValueOutOfRange(FitsPlace place, string what, long index, object found, string expected) =>
        new(FitsError.ValueOutOfRange, place, $"{what}, element {index}: found {Show(found)}, expected {expected}");

    public static FitsException ElementOutOfRange(FitsPlace place, string what, long first, long count, long available) =>
        new(FitsError.ElementOutOfRange, place,
            $"{what}: found a request for {count} elements from {first}, expected a range within {available} elements");

    public static FitsException NotWritable(FitsPlace place, string what, object? found, string expected) =>
        new(FitsError.NotWritable, place, $"{what}: found {Show(found)}, expected {expected}");

    private static string Show(object? value) => value switch
    {
        null => "no value",
        string text => Quote(text),
        bool flag => flag ? "T" : "F",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quote(string text)
    {
        var shown = text.Length > 80 ? string.Concat(text.AsSpan(0, 77), "...") : text;
        return $"'{string.Concat(shown.Select(c => c is >= ' ' and <= '~' ? c : '?'))}'";
    }
}
