using System.Globalization;

namespace TsMapSurvey.Fits;

/// <summary>Every failure of this library, each with what was found, what was expected, and where.</summary>
internal static class FitsErrors
{
    public static FitsException Empty(FitsPlace place) =>
        new(FitsError.Empty, place, "found no bytes, expected a FITS file");

    public static FitsException NotFits(FitsPlace place, string found) =>
        new(FitsError.NotFits, place, $"found {Quote(found)}, expected a first card 'SIMPLE  =                    T'");

    public static FitsException BadGzip(FitsPlace place, long decompressed, Exception inner) =>
        new(FitsError.BadGzip, place,
            $"found damaged gzip data after {decompressed} decompressed bytes ({inner.Message}), expected a whole gzip file", inner);

    public static FitsException TruncatedData(FitsPlace place, long found, long expected) =>
        new(FitsError.Truncated, place, $"found {found} bytes of data before the end of the file, expected {expected}");

    public static FitsException TruncatedHeader(FitsPlace place, int block, long found) =>
        new(FitsError.Truncated, place, $"header block {block}: found {found} bytes before the end of the file, expected 2880");

    public static FitsException ShortRead(FitsPlace place, long offset, int found, int expected) =>
        new(FitsError.Truncated, place,
            $"byte {offset}: found {found} bytes, expected {expected}: the file has become shorter since it was opened");

    public static FitsException HeaderWithoutEnd(FitsPlace place, int cards) =>
        new(FitsError.HeaderWithoutEnd, place, $"found {cards} cards and no END, expected an END card");

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
            $"{what}: found {found} elements, expected at most {Array.MaxLength} for one array; read it in parts");

    public static FitsException BadColumn(FitsPlace place, string card, string found, string expected) =>
        new(FitsError.BadColumn, place, $"card {card}: found {Quote(found)}, expected {expected}");

    public static FitsException ColumnsNotRow(FitsPlace place, long found, long expected) =>
        new(FitsError.BadColumn, place, $"card NAXIS1: found {found} bytes a row, expected {expected}, the sum of the TFORMs");

    public static FitsException BadDescriptor(FitsPlace place, string column, long row, string found, long heap) =>
        new(FitsError.BadDescriptor, place,
            $"column {column}, row {row}: found {found}, expected an array within the heap of {heap} bytes");

    public static FitsException AliasedHeap(FitsPlace place, string column, long row, long found, long limit) =>
        new(FitsError.BadDescriptor, place,
            $"column {column}, row {row}: found arrays of {found} bytes so far, expected at most {limit}, eight times the heap");

    public static FitsException UnsupportedCompression(FitsPlace place, string algorithm) =>
        new(FitsError.UnsupportedCompression, place,
            $"found an image tile-compressed by {algorithm}, which is not supported; funpack it first (expected GZIP or RICE)");

    public static FitsException BadTile(FitsPlace place, long tile, string found, string expected) =>
        new(FitsError.BadTile, place, $"tile {tile + 1} of the compressed image: found {found}, expected {expected}");

    public static FitsException UnfoldsTooFar(FitsPlace place, long found, long stored) =>
        new(FitsError.TooLarge, place,
            $"compressed image: found {found} bytes decompressed, expected no more than {stored} compressed bytes can unfold to");

    public static FitsException TooLongArray(FitsPlace place, string column, long row, long found, long most) =>
        new(FitsError.BadDescriptor, place,
            $"column {column}, row {row}: found an array of {found} bytes, expected at most {most} for a tile of this size");

    public static FitsException BadChecksum(FitsPlace place, FitsChecksumStatus status) =>
        new(FitsError.BadChecksum, place, status == FitsChecksumStatus.DataMismatch
            ? "card DATASUM: found data that do not add up to it, expected the data that were written"
            : "card CHECKSUM: found a HDU that does not add up to it, expected the header that was written");

    public static FitsException MissingExtensions(FitsPlace place, long found, long expected) =>
        new(FitsError.Truncated, place, $"found {found} extensions, expected {expected}, as the card {FitsFile.ExtensionCount} says");

    public static FitsException WrongType(FitsPlace place, string what, string found, string expected) =>
        new(FitsError.WrongType, place, $"{what}: found {found}, expected {expected}");

    public static FitsException ValueOutOfRange(FitsPlace place, string what, long index, object found, string expected) =>
        new(FitsError.ValueOutOfRange, place, $"{what}, element {index}: found {Show(found)}, expected {expected}");

    public static FitsException ElementOutOfRange(FitsPlace place, string what, long first, long count, long available) =>
        new(FitsError.ElementOutOfRange, place,
            $"{what}: found a request for {count} elements from {first}, expected a range within {available}");

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
