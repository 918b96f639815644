namespace TsMapSurvey.Fits.Tests;

public sealed class Checksums
{
    [Fact]
    public void Every_written_hdu_has_valid_checksums()
    {
        using var fits = FitsFile.Open(new MemoryStream(Sample()), "sums.fits");
        Assert.Equal(21, fits.Hdus.Count);
        Assert.All(fits.Hdus, hdu => Assert.Equal(FitsChecksumStatus.Valid, hdu.VerifyChecksum()));
    }

    [Fact]
    public void A_flipped_bit_is_found_where_it_is()
    {
        var bytes = Sample();
        using var whole = FitsFile.Open(new MemoryStream(bytes), "sums.fits");
        var image = whole.Find("DOUBLES")!;
        var inData = bytes.ToArray();
        inData[image.Unit.DataOffset + 60] ^= 4;
        Assert.Equal(FitsChecksumStatus.DataMismatch, Verify(inData, image.Index));
        Assert.Equal(FitsChecksumStatus.Valid, Verify(inData, image.Index - 1));
        var inHeader = bytes.ToArray();
        var comment = inHeader.AsSpan((int)image.Unit.HeaderOffset, 2880).IndexOf("cm-2"u8);
        inHeader[image.Unit.HeaderOffset + comment] ^= 1;
        Assert.Equal(FitsChecksumStatus.HeaderMismatch, Verify(inHeader, image.Index));
    }

    [Fact]
    public void A_written_file_is_intact_and_a_changed_or_truncated_one_is_not()
    {
        using (var fits = FitsFile.Open(new MemoryStream(Counted(2)), "counted.fits")) fits.EnsureIntact();
        var whole = Counted(2);
        for (var at = 0; at < whole.Length; at += 7)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= 1;
            Assert.Throws<FitsException>(() => EnsureIntact(bytes));
        }

        for (var length = 0; length < whole.Length; length += 1440) Assert.Throws<FitsException>(() => EnsureIntact(whole[..length]));
    }

    [Fact]
    public void Missing_extensions_are_found_by_their_count_and_a_file_without_count_is_accepted()
    {
        Assert.Equal(FitsError.Truncated, Assert.Throws<FitsException>(() => EnsureIntact(Counted(3))).Error);
        EnsureIntact(Counted(null));
        using var fits = FitsFile.Open(new MemoryStream(CardBlocks.Image(8, 2880, 10)), "foreign.fits");
        Assert.Equal(FitsError.MissingKeyword, Assert.Throws<FitsException>(fits.EnsureIntact).Error);
    }

    [Fact]
    public void Absent_checksum_cards_give_Absent_and_malformed_ones_a_mismatch()
    {
        Assert.Equal(FitsChecksumStatus.Absent, Verify(CardBlocks.Image(8, 2880, 10), 0));
        string[] start = [CardBlocks.Simple, "BITPIX  = 8", "NAXIS   = 0"];
        Assert.Equal(FitsChecksumStatus.Valid, Verify(CardBlocks.Header([.. start, "DATASUM = '0'"]), 0));
        Assert.Equal(FitsChecksumStatus.DataMismatch, Verify(CardBlocks.Header([.. start, "DATASUM = 'nonsense'"]), 0));
        Assert.Equal(FitsChecksumStatus.HeaderMismatch, Verify(CardBlocks.Header([.. start, "CHECKSUM= 'hcHjjc9ghcEghc9g'"]), 0));
    }

    /// <summary>FITS standard 4.0, appendix J.3 gives this pair.</summary>
    [Fact]
    public void The_example_of_the_standard_is_encoded_the_same() => Assert.Equal("hcHjjc9ghcEghc9g", HduChecksum.Encode(868229149u));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(2880)]
    [InlineData(92_160)]
    public void The_sum_agrees_with_the_definition(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        if (length > 100) bytes.AsSpan(0, 80).Fill(0xFF);
        ulong expected = 0;
        for (var i = 0; i < length; i += 4)
        {
            expected += ((ulong)bytes[i] << 24) | ((ulong)bytes[i + 1] << 16) | ((ulong)bytes[i + 2] << 8) | bytes[i + 3];
            expected = (expected & uint.MaxValue) + (expected >> 32);
        }

        var sum = default(OnesComplement);
        for (var start = 0; start < length; start += 1444) sum.Add(bytes.AsSpan(start, Math.Min(1444, length - start)));
        Assert.Equal((uint)expected, sum.Sum);
    }

    private static FitsChecksumStatus Verify(byte[] bytes, int hdu)
    {
        using var fits = FitsFile.Open(new MemoryStream(bytes), "sums.fits");
        return fits.Hdus[hdu].VerifyChecksum();
    }

    private static byte[] Sample()
    {
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true)) SampleFile.Write(writer);
        return stream.ToArray();
    }

    /// <summary>A file with two images whose header announces this number of extensions.</summary>
    private static byte[] Counted(int? extensions)
    {
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true))
        {
            var primary = new FitsHeader();
            if (extensions is { } count) primary.Set(FitsFile.ExtensionCount, count);
            writer.WriteEmptyPrimary(primary);
            foreach (var name in new[] { "ONE", "TWO" })
                writer.WriteImage(name, [3, 2], new double[] { 1, 2, 3, 4, 5, 6 }, new FitsHeader(), FitsElementType.Double);
        }

        return stream.ToArray();
    }

    private static void EnsureIntact(byte[] bytes)
    {
        using var fits = FitsFile.Open(new MemoryStream(bytes), "counted.fits");
        fits.EnsureIntact();
    }
}
