using System.IO.Compression;
using static TsMapSurvey.Fits.Tests.CardBlocks;

namespace TsMapSurvey.Fits.Tests;

public sealed class Damaged_files
{
    [Fact]
    public void A_last_block_without_its_padding_is_read()
    {
        using var fits = Open(Image(-64, 80, 10));
        Assert.Equal(10, ((FitsImage)fits.Hdus[0]).ReadDoubles().Length);
        using var bare = Open(Bytes([Simple, Card("BITPIX", 8), Card("NAXIS", 0), "END"], 80));
        Assert.Single(bare.Hdus);
    }

    [Fact]
    public void One_missing_byte_of_data_is_an_error()
    {
        var error = Refusal(Image(-64, 79, 10));
        Assert.Equal(FitsError.Truncated, error.Error);
        Assert.Contains("found 79 bytes of data before the end of the file, expected 80", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2880)]
    [InlineData(7000)]
    public void Junk_after_the_last_hdu_is_ignored(int bytes)
    {
        using var fits = Open([.. Image(-64, 2880, 10), .. Enumerable.Repeat((byte)'x', bytes)]);
        Assert.Single(fits.Hdus);
    }

    [Fact]
    public void A_decompression_bomb_stops_at_the_limit()
    {
        var bomb = Gzip([.. Image(8, 0, 900_000_000), .. new byte[8_000_000]]);
        Assert.True(bomb.Length < 100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<FitsException>(() => Open(bomb, new FitsLimits { MaxDecompressedBytes = 2_000_000 }));
        Assert.Equal(FitsError.TooLarge, error.Error);
        Assert.Contains("MaxDecompressedBytes", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void A_decompression_bomb_with_small_headers_is_not_decompressed()
    {
        var bomb = Gzip([.. Image(8, 2880, 10), .. new byte[8_000_000]]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var fits = Open(bomb);
        Assert.Single(fits.Hdus);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Damaged_and_truncated_gzip_is_refused_as_BadGzip()
    {
        var random = new Random(1);
        var noise = new byte[2880 * 40];
        random.NextBytes(noise);
        var whole = Gzip([.. Image(8, 0, noise.Length), .. noise]);
        Assert.Contains(
            Assert.Throws<FitsException>(() => Open(whole[..(whole.Length / 2)])).Error, new[] { FitsError.BadGzip, FitsError.Truncated });
        var damaged = whole.ToArray();
        damaged.AsSpan(11, 20).Fill(0xFF);
        Assert.Equal(FitsError.BadGzip, Assert.Throws<FitsException>(() => Open(damaged)).Error);
        Assert.Equal(FitsError.Empty, Assert.Throws<FitsException>(() => Open(Gzip([]))).Error);
    }

    [Fact]
    public void A_file_that_shrinks_while_open_gives_an_error_not_zeros()
    {
        using var stream = new MemoryStream();
        stream.Write(Image(-64, 2880 * 4, 1000));
        stream.Position = 0;
        using var fits = FitsFile.Open(stream, "shrinking.fits");
        stream.SetLength(4000);
        var error = Assert.Throws<FitsException>(() => ((FitsImage)fits.Hdus[0]).ReadDoubles());
        Assert.Equal(FitsError.Truncated, error.Error);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        // An empty gzip member, written by hand: GZipStream writes nothing for empty input.
        return compressed.Length > 0 ? compressed.ToArray() : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }
}
