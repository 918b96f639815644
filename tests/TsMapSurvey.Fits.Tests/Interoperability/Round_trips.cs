namespace TsMapSurvey.Fits.Tests;

public sealed class Round_trips
{
    [Fact]
    public void The_sample_is_read_as_it_was_written()
    {
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, gzip: true, leaveOpen: true)) SampleFile.Write(writer);
        stream.Position = 0;
        using var fits = FitsFile.Open(stream, "sample.fits.gz");
        Assert.All(SampleFile.Images, image => Assert.Equal(image.Value, Assert.IsType<FitsImage>(fits.Find(image.Key)).ReadDoubles()));
        var table = Assert.IsType<FitsTable>(fits.Find("everything"));
        Assert.All(SampleFile.Columns, column => Assert.Equal(column.Value, table.Find(column.Key)!.ReadDoubles()));
        Assert.All(SampleFile.Texts, column => Assert.Equal(column.Value, table.Find(column.Key)!.ReadStrings()));
        Assert.All(SampleFile.Arrays.Where(column => column.Key != "PM"), column =>
            Assert.Equal(column.Value, table.Find(column.Key)!.ReadVariable()));
        Assert.Equal([long.MinValue, long.MaxValue, 0, 1, 2], table.Find("K")!.ReadIntegers());
        Assert.Equal([1, 2, -1, 4, 5], table.Find("NULLS")!.ReadIntegers(blank: -1));
        Assert.Equal(FitsError.ValueOutOfRange, Assert.Throws<FitsException>(() => table.Find("NULLS")!.ReadIntegers()).Error);
        Assert.Equal([3, 2], table.Find("GRID")!.Dimensions!);
        Assert.Equal([true, false, true, true, false], table.Find("L")!.ReadBooleans());
        Assert.Empty(((FitsTable)fits.Find("NOROWS")!).Find("A")!.ReadStrings());
        Assert.Equal(SampleFile.LongText, table.Header.GetString("META"));
    }

    /// <summary>Lengths around the sizes of blocks, batches and vectors.</summary>
    [Fact]
    public void Images_and_columns_of_any_length_are_read_back_unchanged()
    {
        var random = new Random(7);
        foreach (var length in Enumerable.Range(0, 70)
            .Concat([359, 360, 361, 719, 720, 721, 11_519, 11_520, 11_521, 16_383, 16_384, 16_385, 40_000]))
        {
            var doubles = Enumerable.Range(0, length).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).ToArray();
            var singles = Array.ConvertAll(doubles, value => (float)random.NextDouble());
            var integers = Array.ConvertAll(doubles, BitConverter.DoubleToInt64Bits);
            var shorts = Array.ConvertAll(integers, value => (short)value);
            using var stream = new MemoryStream();
            using (var writer = new FitsWriter(stream, leaveOpen: true))
            {
                writer.WriteImage("D", [length], doubles);
                writer.WriteImage("E", [length, 1], singles);
                writer.WriteImage("K", [1, length], integers);
                writer.WriteTable("T", [FitsTableColumn.Int16s("I", shorts), FitsTableColumn.Doubles("D", doubles),
                    FitsTableColumn.Bytes("B", new byte[length * 3], repeat: 3), FitsTableColumn.Singles("E", singles)]);
            }

            stream.Position = 0;
            using var fits = FitsFile.Open(stream, "any.fits");
            var table = (FitsTable)fits.Find("T")!;
            var images = new[] { "D", "E", "K" }.Select(name => (FitsImage)fits.Find(name)!).ToArray();
            Assert.Equal(integers, Array.ConvertAll(images[0].ReadDoubles(), BitConverter.DoubleToInt64Bits));
            Assert.Equal(singles, images[1].ReadSingles());
            Assert.Equal(Array.ConvertAll(singles, value => (double)value), images[1].ReadDoubles());
            Assert.Equal(integers, images[2].ReadIntegers());
            Assert.Equal(Array.ConvertAll(shorts, value => (long)value), table.Find("I")!.ReadIntegers());
            Assert.Equal(doubles, table.Find("D")!.ReadDoubles());
            Assert.Equal(singles, table.Find("E")!.ReadSingles());
        }
    }

    [Fact]
    public void A_scaled_image_is_read_back_within_half_a_step()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 5000).Select(_ => random.NextDouble() * 100).ToArray();
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true))
            writer.WriteImage(null, [100, 50], values, null, FitsElementType.Int16, new FitsScaling(100.0 / 65000, 50, short.MinValue));
        stream.Position = 0;
        using var fits = FitsFile.Open(stream, "scaled.fits");
        var read = ((FitsImage)fits.Hdus[0]).ReadDoubles();
        for (var i = 0; i < values.Length; i++) Assert.InRange(read[i] - values[i], -50.1 / 65000, 50.1 / 65000);
    }

    [Fact]
    public void Every_shared_observation_and_map_is_read_whole()
    {
        var files = Directory.GetFiles(Shared.Path("data"), "*.fits.gz", SearchOption.AllDirectories).Order().ToArray();
        Assert.NotEmpty(files);
        foreach (var path in files.Where((_, i) => i % 8 == 0))
        {
            using var fits = FitsFile.Open(path);
            foreach (var hdu in fits.Hdus)
            {
                Assert.NotEqual(FitsChecksumStatus.DataMismatch, hdu.VerifyChecksum());
                if (hdu is FitsImage image) Assert.Equal(image.Count, image.ReadDoubles().LongLength);
                if (hdu is not FitsTable table) continue;
                foreach (var column in table.Columns)
                    Assert.True(column.Type == FitsColumnType.Character ? column.ReadStrings().Length >= table.RowCount
                        : column.ReadDoubles().LongLength == table.RowCount * column.Repeat);
            }
        }
    }
}
