namespace TsMapSurvey.Fits.Tests;

public sealed class Writing_images_in_parts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<FitsElementType, int> Images => new()
    {
        { FitsElementType.Double, 7 }, { FitsElementType.Single, 1001 }, { FitsElementType.Int16, 1 }, { FitsElementType.Int16, 33 },
        { FitsElementType.Byte, 50_003 }, { FitsElementType.Int32, 720 }, { FitsElementType.Int64, 40_000 },
    };

    /// <summary>With an odd number of 16-bit integers in a part, a word of the checksum lies in two parts.</summary>
    [Theory]
    [MemberData(nameof(Images))]
    public void The_file_has_the_same_bytes_as_one_with_images_written_at_once(FitsElementType type, int width)
    {
        double[] values = [.. Enumerable.Range(0, 3 * width).Select(i => (double)(i * 7919 % 251))];
        var extra = new FitsHeader().Set("BUNIT", "ct").Set("LONG", new string('x', 100));
        FitsWriter.Write(_folder.File("once.fits"), writer =>
        {
            writer.WriteImage("A", [width, 3], values, extra, type);
            writer.WriteTable("T", [FitsTableColumn.Doubles("C", [1, 2])]);
            writer.WriteImage("ZERO", [width], new double[width], null, type);
        });
        using (var writer = FitsWriter.CreateInParts(_folder.File("parts.fits")))
        {
            var a = writer.ReserveImage("A", [width, 3], extra, type);
            writer.WriteTable("T", [FitsTableColumn.Doubles("C", [1, 2])]);
            writer.ReserveImage("ZERO", [width], null, type);
            foreach (var row in new[] { 2, 0, 1 }) a.Write(row * width, values.AsSpan(row * width, width));
            writer.FlushToDisk();
        }

        Assert.Equal(File.ReadAllBytes(_folder.File("once.fits")), File.ReadAllBytes(_folder.File("parts.fits")));
        using var read = FitsFile.Open(_folder.File("parts.fits"));
        foreach (var hdu in read.Hdus) Assert.Equal(FitsChecksumStatus.Valid, hdu.VerifyChecksum());
    }

    [Fact]
    public void A_path_that_ends_in_gz_is_compressed_at_the_end()
    {
        using (var writer = FitsWriter.CreateInParts(_folder.File("a.fits.gz")))
            writer.ReserveImage("A", [1000, 1000]).Write(500_000, [1, 2, 3]);
        Assert.Equal([_folder.File("a.fits.gz")], Directory.GetFiles(_folder.Path));
        Assert.InRange(new FileInfo(_folder.File("a.fits.gz")).Length, 100, 100_000);
        using var read = FitsFile.Open(_folder.File("a.fits.gz"));
        Assert.Equal(6, ((FitsImage)read.Find("A")!).ReadDoubles().Sum());
    }

    [Fact]
    public void Elements_outside_the_image_are_refused_and_an_abandoned_file_is_deleted()
    {
        using (var writer = FitsWriter.CreateInParts(_folder.File("a.fits")))
        {
            var image = writer.ReserveImage("A", [4], null, FitsElementType.Int16);
            Assert.Equal(FitsError.ElementOutOfRange, Assert.Throws<FitsException>(() => image.Write(3, [1, 2])).Error);
            Assert.Equal(FitsError.ElementOutOfRange, Assert.Throws<FitsException>(() => image.Write(-1, [1])).Error);
            Assert.Equal(FitsError.ValueOutOfRange, Assert.Throws<FitsException>(() => image.Write(0, [0.5])).Error);
            Assert.Equal(FitsError.ValueOutOfRange, Assert.Throws<FitsException>(() => image.Write(0, [double.NaN])).Error);
            writer.Abandon();
        }

        using (var stopped = FitsWriter.CreateInParts(_folder.File("a.fits.gz")))
        {
            stopped.ReserveImage("A", [4]);
            Assert.Throws<OperationCanceledException>(() => stopped.Complete(new CancellationToken(true)));
        }

        using (var inOrder = new FitsWriter(Stream.Null))
            Assert.Equal(FitsError.NotWritable, Assert.Throws<FitsException>(() => inOrder.ReserveImage("A", [4])).Error);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();
}
