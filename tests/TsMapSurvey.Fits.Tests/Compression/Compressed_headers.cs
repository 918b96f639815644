namespace TsMapSurvey.Fits.Tests;

public sealed class Compressed_headers
{
    [Fact]
    public void The_header_is_that_of_the_image_before_it_was_compressed()
    {
        using var packed = CompressedFiles.Open("primary.fits.fz");
        using var plain = CompressedFiles.Open("primary_expected.fits.gz");
        var (header, original) = (packed.Hdus[1].Header, plain.Hdus[0].Header);
        Assert.Equal("", packed.Hdus[1].Name);
        Assert.Equal("IMAGE", header.GetString("XTENSION"));
        // Cards that only a primary header has are not restored.
        string[] ofPrimary = ["SIMPLE", "EXTEND"];
        foreach (var card in original.Where(card => !ofPrimary.Contains(card.Keyword))) Assert.Contains(header, other =>
            other.Keyword == card.Keyword && Equals(other.Value, card.Value));
        string[] added = ["XTENSION", "PCOUNT", "GCOUNT"];
        Assert.All(header.Where(card => !added.Contains(card.Keyword)), card =>
            Assert.True(original.Contains(card.Keyword), card.Keyword));
    }

    [Fact]
    public void An_extension_keeps_its_name_and_units()
    {
        using var compressed = CompressedFiles.Open("compressed.fits.gz");
        var header = compressed.Find("RICE_1_F4_DITHER2_ODD")!.Header;
        Assert.Equal(("m2 s", "GLON-CAR", 83.6),
            (header.GetString("BUNIT"), header.GetString("CTYPE1"), Math.Round(header.GetDouble("CRVAL1")!.Value, 9)));
        Assert.Equal([-32L, 3, 13, 9, 2],
            new[] { "BITPIX", "NAXIS", "NAXIS1", "NAXIS2", "NAXIS3" }.Select(key => header.GetInteger(key)!.Value));
        Assert.DoesNotContain(header, card =>
            card.Keyword.StartsWith('Z') || card.Keyword.StartsWith("TTYPE", StringComparison.Ordinal) || card.Keyword == "TFIELDS");
        Assert.Contains(header, card => card is { Keyword: "HISTORY", Value: "kept" });
    }

    [Fact]
    public void The_checksum_is_that_of_the_stored_bytes()
    {
        using var compressed = CompressedFiles.Open("compressed.fits.gz");
        Assert.All(compressed.Hdus, hdu => Assert.Equal(FitsChecksumStatus.Valid, hdu.VerifyChecksum()));
    }
}
