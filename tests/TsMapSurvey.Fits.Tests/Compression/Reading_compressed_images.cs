namespace TsMapSurvey.Fits.Tests;

public sealed class Reading_compressed_images
{
    [Fact]
    public void Every_algorithm_type_tile_shape_and_dithering_gives_the_values_that_astropy_reads()
    {
        using var compressed = CompressedFiles.Open("compressed.fits.gz");
        using var expected = CompressedFiles.Open("expected.fits.gz");
        Assert.Equal(70, expected.Hdus.Count - 1);
        AssertSame(compressed, expected);
    }

    [Fact]
    [Trait("Pace", "slow")]
    public void What_astropy_writes_now_has_the_values_that_it_reads()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        var run = Tools.Run(python, [CompressedFiles.Script, folder.Path, "--long"]);
        Assert.True(run.ExitCode == 0, run.Error);
        using var compressed = FitsFile.Open(folder.File("compressed.fits"));
        using var expected = FitsFile.Open(folder.File("expected.fits"));
        Assert.NotNull(expected.Find("LONG_ROW"));
        AssertSame(compressed, expected);
        Assert.All(compressed.Hdus, hdu => Assert.NotEqual(FitsChecksumStatus.DataMismatch, hdu.VerifyChecksum()));
    }

    [Fact]
    public void Blanks_of_fpack_are_nan_and_its_other_name_of_rice_is_known()
    {
        using var packed = CompressedFiles.Open("packed.fits.fz");
        using var expected = CompressedFiles.Open("packed_expected.fits.gz");
        Assert.Equal(6, packed.Hdus.Count);
        for (var i = 1; i < packed.Hdus.Count; i++)
        {
            var (image, plain) = (Assert.IsType<FitsImage>(packed.Hdus[i]), (FitsImage)expected.Hdus[i]);
            Assert.Contains(plain.ReadDoubles(), double.IsNaN);
            AssertSame(plain, image);
        }
    }

    [Fact]
    public void A_compressed_primary_image_is_scaled_and_blanked_like_any_other()
    {
        using var packed = CompressedFiles.Open("primary.fits.fz");
        using var plain = CompressedFiles.Open("primary_expected.fits.gz");
        Assert.Equal(0, Assert.IsType<FitsImage>(packed.Hdus[0]).Count);
        var image = Assert.IsType<FitsImage>(packed.Hdus[1]);
        Assert.Contains(image.ReadDoubles(), double.IsNaN);
        Assert.Equal(new FitsScaling(0.5, -3, 4), image.Scaling);
        AssertSame((FitsImage)plain.Hdus[0], image);
    }

    [Fact]
    public void Integers_are_exact_and_unsigned_ones_too()
    {
        using var compressed = CompressedFiles.Open("compressed.fits.gz");
        using var expected = CompressedFiles.Open("expected.fits.gz");
        foreach (var name in new[] { "RICE_1_U4_ODD", "GZIP_2_I4_ROW", "RICE_1_U1_ROW", "GZIP_1_U2_ODD" })
            Assert.Equal(((FitsImage)expected.Find(name)!).ReadIntegers(), ((FitsImage)compressed.Find(name)!).ReadIntegers());
    }

    [Fact]
    public void Reading_a_part_gives_the_same_values_as_reading_the_whole_image()
    {
        using var compressed = CompressedFiles.Open("compressed.fits.gz");
        foreach (var name in new[] { "RICE_1_I2_ODD", "GZIP_2_F8_DITHER1_ODD", "GZIP_1_F4_LOSSLESS" })
        {
            var whole = ((FitsImage)compressed.Find(name)!).ReadDoubles();
            var image = (FitsImage)compressed.Find(name)!;
            for (var first = 0; first < whole.Length; first += 7)
                for (var length = 1; length <= whole.Length - first; length += 31)
                {
                    var part = new double[length];
                    image.ReadDoubles(first, part);
                    Assert.Equal(whole.AsSpan(first, length).ToArray(), part);
                }
        }
    }

    /// <summary>Only the tiles of the requested rows are read, out of 18.</summary>
    [Fact]
    public void Reading_rows_reads_only_their_tiles()
    {
        using var stream = new CountingStream(CompressedFiles.Read("compressed.fits.gz"));
        using var compressed = FitsFile.Open(stream, "compressed.fits");
        var image = (FitsImage)compressed.Find("GZIP_1_F8_LOSSLESS")!;
        var rows = (FitsImage)compressed.Find("GZIP_2_F4_DITHER1_ROW")!;
        stream.BytesRead = 0;
        rows.ReadDoubles(13 * 4, new double[13]);
        Assert.InRange(stream.BytesRead, 20, 200);
        stream.BytesRead = 0;
        rows.ReadDoubles(13 * 4, new double[13]);
        Assert.Equal(0, stream.BytesRead);
        image.ReadDoubles();
        Assert.InRange(stream.BytesRead, 500, image.DataBytes + 100);
    }

    [Fact]
    public void Many_threads_may_read_one_compressed_image()
    {
        using var compressed = CompressedFiles.Open("compressed.fits.gz");
        var image = (FitsImage)compressed.Find("RICE_1_F4_DITHER2_ODD")!;
        using var again = CompressedFiles.Open("compressed.fits.gz");
        var whole = ((FitsImage)again.Find("RICE_1_F4_DITHER2_ODD")!).ReadDoubles();
        Parallel.For(0, 60, i =>
        {
            var part = new double[20];
            image.ReadDoubles(i * 3, part);
            Assert.Equal(whole.AsSpan(i * 3, 20).ToArray(), part);
        });
    }

    [Theory]
    [InlineData("PLIO", "PLIO_1")]
    [InlineData("HCOMPRESS", "HCOMPRESS_1")]
    public void Reading_values_of_an_unsupported_compression_names_it(string name, string algorithm)
    {
        using var compressed = CompressedFiles.Open("compressed.fits.gz");
        var image = Assert.IsType<FitsImage>(compressed.Find(name));
        Assert.Equal([13, 9], image.Axes);
        var error = Assert.Throws<FitsException>(() => image.ReadDoubles());
        Assert.Equal(FitsError.UnsupportedCompression, error.Error);
        Assert.StartsWith("compressed.fits.gz, HDU ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"found the unsupported tile compression {algorithm}, expected GZIP_1, GZIP_2, RICE_1 or NOCOMPRESS; "
            + "run funpack first", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(FitsFile compressed, FitsFile expected)
    {
        foreach (var plain in expected.Hdus.Skip(1).Cast<FitsImage>()) AssertSame(plain,
            Assert.IsType<FitsImage>(compressed.Find(plain.Name)));
    }

    /// <summary>Bit for bit; any NaN equals any other.</summary>
    private static void AssertSame(FitsImage expected, FitsImage found)
    {
        Assert.Equal(expected.Axes, found.Axes);
        Assert.Equal(expected.ElementType, found.ElementType);
        var (values, read) = (expected.ReadDoubles(), found.ReadDoubles());
        Assert.Equal(values.Length, read.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(BitConverter.DoubleToInt64Bits(values[i]) == BitConverter.DoubleToInt64Bits(read[i])
                || (double.IsNaN(values[i]) && double.IsNaN(read[i])),
                $"HDU {found.Index} {found.Name}, element {i}: found {read[i]:R}, expected {values[i]:R}");
    }
}
