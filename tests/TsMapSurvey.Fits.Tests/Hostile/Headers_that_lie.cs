using static TsMapSurvey.Fits.Tests.CardBlocks;

namespace TsMapSurvey.Fits.Tests;

public sealed class Headers_that_lie
{
    [Theory]
    [InlineData(1_000_000_000_000L)]
    [InlineData(long.MaxValue)]
    [InlineData(1_000_000L)]
    public void A_size_beyond_the_file_is_refused_before_memory_is_allocated(long axis)
    {
        var error = Refusal(Image(-64, 2880, axis));
        Assert.True(error.Error is FitsError.TooLarge or FitsError.Truncated, error.Message);
        Assert.Equal("HDU 0 'PRIMARY'", error.Hdu);
    }

    [Fact]
    public void A_product_of_axes_that_overflows_is_refused()
    {
        Assert.Equal(FitsError.TooLarge, Refusal(Image(64, 0, [.. Enumerable.Repeat<object>(2_000_000_000, 900)])).Error);
    }

    [Fact]
    public void An_axis_of_length_zero_makes_the_image_empty()
    {
        using var fits = Open(Image(64, 0, 0, 2_000_000_000, 2_000_000_000, 2_000_000_000));
        Assert.Empty(((FitsImage)fits.Hdus[0]).ReadDoubles());
    }

    [Theory]
    [InlineData("NAXIS", -1, "card NAXIS: found -1, expected an integer from 0 to 999")]
    [InlineData("NAXIS", 1000, "card NAXIS: found 1000, expected an integer from 0 to 999")]
    [InlineData("NAXIS", "'two'", "card NAXIS: found 'two', expected an integer from 0 to 999")]
    [InlineData("NAXIS", 1, "card NAXIS1: found none, expected an integer from 0 to 9223372036854775807")]
    [InlineData("BITPIX", 12, "card BITPIX: found 12, expected 8, 16, 32, 64, -32 or -64")]
    [InlineData("BITPIX", -8, "card BITPIX: found -8, expected 8, 16, 32, 64, -32 or -64")]
    [InlineData("BITPIX", 0, "card BITPIX: found 0, expected 8, 16, 32, 64, -32 or -64")]
    public void A_bad_mandatory_card_is_named_with_what_was_found_and_expected(string keyword, object value, string message)
    {
        var cards = new Dictionary<string, object> { ["BITPIX"] = 8, ["NAXIS"] = 0, [keyword] = value };
        var error = Refusal(Header(Simple, Card("BITPIX", cards["BITPIX"]), Card("NAXIS", cards["NAXIS"])));
        Assert.Equal($"hostile.fits, HDU 0 'PRIMARY': {message}", error.Message);
    }

    [Fact]
    public void Random_groups_are_refused_by_name()
    {
        var error = Refusal(Header(Simple, Card("BITPIX", -32), Card("NAXIS", 2), Card("NAXIS1", 0), Card("NAXIS2", 3),
            Card("GROUPS", "T"), Card("PCOUNT", 2), Card("GCOUNT", 5)));
        Assert.Equal(FitsError.RandomGroups, error.Error);
    }

    [Fact]
    public void A_header_that_never_ends_is_refused_at_the_end_of_the_file_and_at_the_limit()
    {
        var endless = Bytes([Simple, .. Enumerable.Range(0, 2000).Select(i => $"COMMENT {i}")], FitsBlock.Bytes);
        Assert.Equal(FitsError.HeaderWithoutEnd, Refusal(endless).Error);
        Assert.Equal(FitsError.TooLarge, Refusal(endless, new FitsLimits { MaxHeaderCards = 500 }).Error);
        Assert.Equal(FitsError.Truncated, Refusal(endless[..^100]).Error);
    }

    [Theory]
    [InlineData("", FitsError.Empty)]
    [InlineData("S", FitsError.NotFits)]
    [InlineData("<!DOCTYPE html><html></html>", FitsError.NotFits)]
    [InlineData("SIMPLE  =                    F", FitsError.HeaderWithoutEnd)]
    public void A_file_that_is_not_fits_is_refused(string text, FitsError kind) =>
        Assert.Equal(kind, Refusal([.. text.PadRight(text.Length < 30 ? text.Length : 2880).Select(c => (byte)c)]).Error);

    [Fact]
    public void Simple_f_is_not_fits() =>
        Assert.Equal(FitsError.NotFits, Refusal(Header("SIMPLE  =                    F", Card("BITPIX", 8), Card("NAXIS", 0))).Error);

    [Fact]
    public void A_needed_number_with_a_byte_outside_ascii_is_refused_by_keyword()
    {
        var needed = Refusal(Header(Simple, Card("BITPIX", 8), Card("NAXIS", 1), "NAXIS1  = 1\u00E90"));
        Assert.Equal("hostile.fits, HDU 0 'PRIMARY': card NAXIS1: found '1?0', expected an integer from 0 to 9223372036854775807",
            needed.Message);
        using var fits = Open(Header(Simple, Card("BITPIX", 8), Card("NAXIS", 0), "CRVAL1  = 1\u00E90"));
        Assert.Contains("card CRVAL1: found '1?0', expected a number",
            Assert.Throws<FitsException>(() => fits.Hdus[0].Header.GetDouble("CRVAL1")).Message);
    }

    [Fact]
    public void More_hdus_than_the_limit_are_refused()
    {
        var extension = Header("XTENSION= 'IMAGE   '", Card("BITPIX", 8), Card("NAXIS", 0));
        byte[] bytes =
            [.. Header(Simple, Card("BITPIX", 8), Card("NAXIS", 0)), .. Enumerable.Repeat(extension, 9).SelectMany(block => block)];
        Assert.Equal(FitsError.TooLarge, Refusal(bytes, new FitsLimits { MaxHdus = 9 }).Error);
        using var fits = Open(bytes, new FitsLimits { MaxHdus = 10 });
        Assert.Equal(10, fits.Hdus.Count);
    }

    [Fact]
    public void A_decoded_array_beyond_the_limit_is_refused()
    {
        using var fits = Open(Image(8, 2880, 2000), new FitsLimits { MaxArrayBytes = 8000 });
        var error = Assert.Throws<FitsException>(() => ((FitsImage)fits.Hdus[0]).ReadDoubles());
        Assert.Contains("found 16000 bytes decoded, expected at most 8000 (FitsLimits.MaxArrayBytes)", error.Message);
    }
}
