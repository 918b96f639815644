using System.Buffers.Binary;
using System.IO.Compression;
using static TsMapSurvey.Fits.Tests.CardBlocks;

namespace TsMapSurvey.Fits.Tests;

public sealed class Compressed_images_that_lie
{
    [Theory]
    [InlineData("ZNAXIS1", 2_000_000_000, FitsError.TooLarge)]
    [InlineData("ZNAXIS1", 2147483648, FitsError.BadKeyword)]
    [InlineData("ZNAXIS2", 100_000, FitsError.BadKeyword)]
    [InlineData("ZNAXIS1", 1_000_000, FitsError.TooLarge)]
    [InlineData("ZTILE1", 0, FitsError.BadKeyword)]
    [InlineData("ZTILE1", 1, FitsError.BadKeyword)]
    [InlineData("ZBITPIX", 12, FitsError.BadKeyword)]
    [InlineData("ZVAL1", 0, FitsError.BadKeyword)]
    [InlineData("ZVAL2", 3, FitsError.BadKeyword)]
    [InlineData("ZQUANTIZ", "'SOMEHOW'", FitsError.BadKeyword)]
    [InlineData("TTYPE1", "'OTHER'", FitsError.MissingKeyword)]
    [InlineData("ZCMPTYPE", "", FitsError.MissingKeyword)]
    public void Impossible_sizes_and_names_are_refused_before_memory_is_allocated(string keyword, object value, FitsError kind) =>
        Assert.Equal(kind, Refusal(Compressed("RICE_1", new byte[40], (keyword, value))).Error);

    [Fact]
    public void A_product_of_axes_that_overflows_is_refused() =>
        Assert.Equal(FitsError.TooLarge,
            Refusal(Compressed("RICE_1", new byte[40],
                [("ZNAXIS", 99), .. Enumerable.Range(1, 99).Select(n => ($"ZNAXIS{n}", (object)2_000_000_000))])).Error);

    [Fact]
    public void Incomplete_rice_codes_are_refused_with_their_tile()
    {
        var error = Failure(Compressed("RICE_1", [0, 0, 0, 9, 0b0001_0000]));
        Assert.Equal(FitsError.BadTile, error.Error);
        Assert.Contains("tile 1 of the compressed image: found 5 bytes of incomplete Rice codes, expected 20 pixels",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rice_codes_of_one_pixel_repeated_are_read()
    {
        using var fits = Open(Compressed("RICE_1", [0, 0, 0, 9, 0]));
        Assert.All(((FitsImage)fits.Hdus[1]).ReadDoubles(), value => Assert.Equal(9, value));
    }

    [Fact]
    public void A_pixel_beyond_the_type_of_the_image_is_refused() =>
        Assert.Contains("found the pixel value 65536, expected a value of ZBITPIX 16",
            Failure(Compressed("RICE_1", [0, 1, 0, 0, 0], ("ZBITPIX", 16))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(80, true)]
    [InlineData(40, true)]
    [InlineData(81, false)]
    [InlineData(0, false)]
    [InlineData(1_000_000, false)]
    public void A_gzip_tile_has_the_size_of_its_pixels_or_is_refused(int bytes, bool isRead)
    {
        var file = Compressed("GZIP_1", Zip(new byte[bytes]));
        if (isRead)
        {
            using var fits = Open(file);
            Assert.Equal(new double[20], ((FitsImage)fits.Hdus[1]).ReadDoubles());
            return;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(FitsError.BadTile, Failure(file).Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_gzip_tile_that_announces_less_than_it_has_is_refused()
    {
        var zipped = Zip(new byte[1_000_000]);
        BinaryPrimitives.WriteInt32LittleEndian(zipped.AsSpan(zipped.Length - 4), 80);
        Assert.Equal(FitsError.BadTile, Failure(Compressed("GZIP_1", zipped)).Error);
        zipped = Zip(new byte[80]);
        zipped[^6] ^= 1;
        Assert.Equal(FitsError.BadTile, Failure(Compressed("GZIP_1", zipped)).Error);
        Assert.Equal(FitsError.BadTile, Failure(Compressed("GZIP_2", zipped[..10])).Error);
    }

    [Fact]
    public void A_tile_outside_the_heap_or_far_larger_than_its_pixels_is_refused()
    {
        Assert.Equal(FitsError.BadDescriptor, Failure(Compressed("RICE_1", new byte[5], heap: 1, tileBytes: 40)).Error);
        Assert.Equal(FitsError.BadDescriptor, Failure(Compressed("GZIP_1", new byte[50_000])).Error);
        Assert.Contains("found no data", Failure(Compressed("RICE_1", [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_too_large_for_its_compressed_size_is_refused_when_the_file_is_opened()
    {
        var error = Refusal(Compressed("RICE_1", new byte[100], ("ZNAXIS1", 1_000_000)));
        Assert.Contains("found a decompressed size of 4000000 bytes, expected no more than 108 compressed bytes can hold", error.Message,
            StringComparison.Ordinal);
    }

    private static FitsException Failure(byte[] bytes)
    {
        using var fits = Open(bytes);
        var error = Assert.Throws<FitsException>(() => ((FitsImage)fits.Hdus[1]).ReadDoubles());
        Assert.StartsWith("hostile.fits, HDU 1: ", error.Message, StringComparison.Ordinal);
        return error;
    }

    private static byte[] Compressed(string algorithm, byte[] tile, params (string Keyword, object Value)[] changes) =>
        Compressed(algorithm, tile, tile.Length, tile.Length, changes);

    /// <summary>20 pixels in one tile.</summary>
    private static byte[] Compressed(string algorithm, byte[] tile, int heap, int tileBytes,
        params (string Keyword, object Value)[] changes)
    {
        var cards = new Dictionary<string, object>
        {
            ["TTYPE1"] = "'COMPRESSED_DATA'",
            ["ZIMAGE"] = "T",
            ["ZCMPTYPE"] = $"'{algorithm}'",
            ["ZBITPIX"] = 32,
            ["ZNAXIS"] = 2,
            ["ZNAXIS1"] = 20,
            ["ZNAXIS2"] = 1,
            ["ZNAME1"] = "'BLOCKSIZE'",
            ["ZVAL1"] = 32,
            ["ZNAME2"] = "'BYTEPIX'",
            ["ZVAL2"] = 4,
        };
        foreach (var (keyword, value) in changes) cards[keyword] = value;
        var bytes = Table(["1PB(0)"], (8 + tile.Length + 2879) / 2880 * 2880, 8, 1, heap,
            [.. cards.Select(card => Card(card.Key, card.Value))]);
        var data = bytes.AsSpan(bytes.Length - (8 + tile.Length + 2879) / 2880 * 2880);
        BinaryPrimitives.WriteInt32BigEndian(data, tileBytes);
        tile.CopyTo(data[8..]);
        return bytes;
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return zipped.ToArray();
    }
}
