using static TsMapSurvey.Fits.Tests.CardBlocks;

namespace TsMapSurvey.Fits.Tests;

public sealed class Bytes_beyond_ascii
{
    [Theory]
    [InlineData("OBSERVER= 'M\u00FCller'", "card 4 (OBSERVER)")]
    [InlineData("OBSERVER= 'M\u00C3\u00BCller'", "card 4 (OBSERVER)")]
    [InlineData("HISTORY made by M\u00FCller", "card 4 (HISTORY)")]
    [InlineData("OBJECT  = 'Crab' / l'\u00E9toile", "card 4 (OBJECT)")]
    [InlineData("        \u00E9", "card 4")]
    [InlineData("OBJECT  = 'tab\tstop'", "card 4 (OBJECT)")]
    public void A_card_that_is_not_needed_gives_a_warning_with_its_position(string card, string place)
    {
        using var fits = Open(Header(Simple, Card("BITPIX", 8), Card("NAXIS", 0), card));
        var warning = $"hostile.fits, HDU 0 'PRIMARY': {place}: found a character that is not printable ASCII "
            + "and is read as '?' (tabs and zero bytes as blanks)";
        Assert.Equal(warning, Assert.Single(fits.Warnings));
    }

    [Fact]
    public void A_file_warns_once_for_any_number_of_cards()
    {
        var extension = Header("XTENSION= 'IMAGE   '", Card("BITPIX", 8), Card("NAXIS", 0), "COMMENT \u00E9", "COMMENT \u00E8");
        using var fits = Open([.. Header(Simple, Card("BITPIX", 8), Card("NAXIS", 0)), .. extension, .. extension]);
        var warning = Assert.Single(fits.Warnings);
        Assert.StartsWith("hostile.fits, HDU 1: card 4 (COMMENT): ", warning, StringComparison.Ordinal);
        Assert.EndsWith("; the same was found in 3 other cards of the file", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_padded_with_zeros_are_read()
    {
        var bytes = Header(Simple, Card("BITPIX", 8), Card("NAXIS", 0), Card("KEY", 7));
        for (var i = 80 * 4; i < bytes.Length; i++)
            if (bytes[i] == (byte)' ') bytes[i] = 0;
        using var fits = Open(bytes);
        Assert.Equal(4, fits.Hdus[0].Header.Count);
        Assert.Equal(7, fits.Hdus[0].Header.GetInteger("KEY"));
    }

    [Fact]
    public void A_file_in_plain_ascii_gives_no_warning()
    {
        using var fits = Open(Header(Simple, Card("BITPIX", 8), Card("NAXIS", 0), "COMMENT ~ all of it"));
        Assert.Empty(fits.Warnings);
    }
}
