using System.Numerics;
using static TsMapSurvey.Fits.Tests.CardBlocks;

namespace TsMapSurvey.Fits.Tests;

public sealed class Cards
{
    [Theory]
    [InlineData("KEY     =                   42 / the answer", "KEY", 42L, "the answer")]
    [InlineData("KEY     = 42/the answer", "KEY", 42L, "the answer")]
    [InlineData("key     = -7", "KEY", -7L, null)]
    [InlineData("KEY     = +7", "KEY", 7L, null)]
    [InlineData("KEY     = 1.5D3", "KEY", 1500.0, null)]
    [InlineData("KEY     = 1.5d-3", "KEY", 0.0015, null)]
    [InlineData("KEY     = .5", "KEY", 0.5, null)]
    [InlineData("KEY     = 1e5", "KEY", 1e5, null)]
    [InlineData("KEY     = 12345678901234567890", "KEY", 12345678901234567890.0, null)]
    [InlineData("KEY     =                    t", "KEY", true, null)]
    [InlineData("KEY     = F / no", "KEY", false, "no")]
    [InlineData("KEY     = 'O''Neil  ' / it''s", "KEY", "O'Neil", "it''s")]
    [InlineData("KEY     = '  a / b = c  '", "KEY", "  a / b = c", null)]
    [InlineData("KEY     = ''", "KEY", "", null)]
    [InlineData("KEY     =", "KEY", null, null)]
    [InlineData("KEY     = / nothing", "KEY", null, "nothing")]
    [InlineData("KEY     = NaN", "KEY", "NaN", null)]
    [InlineData("KEY     = 1E999", "KEY", "1E999", null)]
    [InlineData("KEY     = 2011-01-01 / bare", "KEY", "2011-01-01", "bare")]
    [InlineData("KEY     = 'never closed", "KEY", "'never closed", null)]
    [InlineData("KEY     =\t'tab'\t/\tcomment", "KEY", "tab", "comment")]
    [InlineData("KEY     =\t7\0\0\0", "KEY", 7L, null)]
    [InlineData("KEY     = 'caf\u00E9' / \u00E0 c\u00F4t\u00E9", "KEY", "caf?", "? c?t?")]
    [InlineData("KEY     = 1\u00E92", "KEY", "1?2", null)]
    [InlineData("K\u00C9Y     = 5", "K?Y", 5L, null)]
    [InlineData("HIERARCH ESO TEL FOCU SCALE = 1.489 / deg/m", "ESO TEL FOCU SCALE", 1.489, "deg/m")]
    [InlineData("HIERARCH  lower case= 'x'", "LOWER CASE", "x", null)]
    [InlineData("HIERARCH without a value", "HIERARCH", " without a value", null)]
    [InlineData("COMMENT = 'not a value'", "COMMENT", "= 'not a value'", null)]
    [InlineData("HISTORY made by hand", "HISTORY", "made by hand", null)]
    [InlineData("        blank keyword", "", "blank keyword", null)]
    [InlineData("KEY     no value indicator", "KEY", "no value indicator", null)]
    public void A_card_is_read_as(string card, string keyword, object? value, string? comment)
    {
        var read = Parse(card);
        Assert.Equal(keyword, read.Keyword);
        Assert.Equal(value, read.Value);
        Assert.Equal(comment, read.Comment);
    }

    [Fact]
    public void Complex_values_are_pairs() => Assert.Equal(new Complex(1.5, -2), Parse("KEY     = (1.5, -2)").Value);

    [Fact]
    public void Leading_blanks_of_text_are_kept() => Assert.Equal("   x", Parse("KEY     = '   x  '").Value);

    [Fact]
    public void Continue_cards_make_one_text_and_an_orphan_stays_a_card()
    {
        using var fits = Open(Header(Simple, Card("BITPIX", 8), Card("NAXIS", 0),
            "LONG    = 'one &'", "CONTINUE  'two  &' / first", "CONTINUE  'three' / second",
            "AMP     = 'ends in &' / alone", "NEXT    = 1", "CONTINUE  'orphan'"));
        var header = fits.Hdus[0].Header;
        Assert.Equal("one two  three", header.GetString("LONG"));
        Assert.Equal("first second", header.Find("LONG")!.Value.Comment);
        Assert.Equal("ends in &", header.GetString("AMP"));
        Assert.Equal(1, header.GetInteger("NEXT"));
        Assert.Contains(header, card => card is { Keyword: "CONTINUE", Value: "orphan" });
    }

    [Fact]
    public void Twenty_thousand_continue_cards_are_read_fast()
    {
        using var fits = Open(Header([Simple, Card("BITPIX", 8), Card("NAXIS", 0), "LONG    = '&'", .. Enumerable.Repeat("CONTINUE  "
            + $"'{new string('x', 50)}&' / {new string('c', 5)}", 20_000)]));
        Assert.Equal((50 * 20_000) + 1, fits.Hdus[0].Header.GetString("LONG")!.Length);
    }

    [Fact]
    public void Lower_case_structure_is_understood()
    {
        using var fits = Open(Lower());
        Assert.Equal([0.0], ((FitsTable)fits.Hdus[1]).Columns[0].ReadDoubles());
    }

    private static byte[] Lower() =>
    [
        .. Header(Simple, Card("bitpix", 8), Card("naxis", 0)),
        .. Header("XTENSION= 'bintable'", Card("bitpix", 8), Card("naxis", 2), Card("naxis1", 8), Card("naxis2", 1), Card("pcount", 0),
            Card("gcount", 1), Card("tfields", 1), "tform1  = '1d'"),
        .. new byte[2880],
    ];

    private static FitsCard Parse(string card) => CardParser.Parse(Bytes([card], 80));
}
