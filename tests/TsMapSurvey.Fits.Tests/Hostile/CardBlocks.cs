using System.Text;

namespace TsMapSurvey.Fits.Tests;

/// <summary>Headers and files put together by hand, card by card.</summary>
internal static class CardBlocks
{
    public const string Simple = "SIMPLE  =                    T";

    public static byte[] Header(params string[] cards) => Bytes([.. cards, "END"], FitsBlock.Bytes);

    public static byte[] Bytes(string[] cards, int multiple)
    {
        var text = string.Concat(cards.Select(card => card.PadRight(80)));
        return Encoding.Latin1.GetBytes(text.PadRight((text.Length + multiple - 1) / multiple * multiple));
    }

    public static string Card(string keyword, object value) => $"{keyword,-8}= {value,20}";

    public static byte[] Image(int bitpix, int dataBytes, params object[] axes) =>
        [.. Header([Simple, Card("BITPIX", bitpix), Card("NAXIS", axes.Length), .. axes.Select((axis, i) => Card($"NAXIS{i + 1}", axis))]),
            .. new byte[dataBytes]];

    public static byte[] Table(string[] columns, int dataBytes, object rowBytes, object rows, object heapBytes, params string[] more) =>
    [
        .. Header(Simple, Card("BITPIX", 8), Card("NAXIS", 0)),
        .. Header(["XTENSION= 'BINTABLE'", Card("BITPIX", 8), Card("NAXIS", 2), Card("NAXIS1", rowBytes), Card("NAXIS2", rows),
            Card("PCOUNT", heapBytes), Card("GCOUNT", 1),
            Card("TFIELDS", columns.Length), .. columns.Select((form, i) => $"TFORM{i + 1,-3}= '{form}'"), .. more]),
        .. new byte[dataBytes],
    ];

    public static FitsFile Open(byte[] bytes, FitsLimits? limits = null) => FitsFile.Open(new MemoryStream(bytes), "hostile.fits", limits);

    public static FitsException Refusal(byte[] bytes, FitsLimits? limits = null)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<FitsException>(() => Open(bytes, limits).Dispose());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000 + (8 * bytes.Length));
        Assert.StartsWith("hostile.fits", error.Message, StringComparison.Ordinal);
        Assert.Contains("found", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
        return error;
    }
}
