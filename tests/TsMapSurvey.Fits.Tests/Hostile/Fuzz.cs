using System.IO.Compression;
using System.Text;

namespace TsMapSurvey.Fits.Tests;

/// <summary>
/// Mutations of valid files, the same in every run: only a FitsException may be thrown, and memory stays below a multiple of the file size.
/// </summary>
public sealed class Fuzz
{
    private static readonly string[] Values =
    [
        "-1", "0", "1", "2", "3", "7", "8", "16", "64", "-32", "-64", "999", "1000", "2147483647", "2147483648", "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999", "1E308", "-1E-308", "1E999", "T", "F", "''", "'1PD(9999999)'", "'1QD'", "'999999999D'", "'2147483647X'",
        "'0A'", "'8A3'", "'(2,3)'", "'(0)'", "'((('",
        "'GZIP_1'", "'GZIP_2'", "'RICE_1'", "'NOCOMPRESS'", "'HCOMPRESS_1'", "'SUBTRACTIVE_DITHER_2'", "'BYTEPIX'", "'COMPRESSED_DATA'",
            "'ZBLANK'", "'IMAGE'", "'BINTABLE'", "'TABLE'", "/", "'&'", "'", "(1,2)", "NaN", "",
    ];

    private static readonly string[] Keywords =
    [
        "NAXIS", "NAXIS1", "NAXIS2", "NAXIS3", "BITPIX", "PCOUNT", "GCOUNT", "TFIELDS", "THEAP", "TFORM1", "TFORM2", "TDIM1", "TDIM3",
        "TSCAL1", "TZERO2", "TNULL8",
        "BSCALE", "BZERO", "BLANK", "GROUPS", "XTENSION", "SIMPLE", "EXTNAME", "CHECKSUM", "DATASUM", "END", "CONTINUE", "HIERARCH",
    ];

    private static readonly string[] CompressedKeywords =
    [
        "ZIMAGE", "ZCMPTYPE", "ZBITPIX", "ZNAXIS", "ZNAXIS1", "ZNAXIS2", "ZTILE1", "ZTILE2", "ZNAME1", "ZVAL1", "ZVAL2", "ZQUANTIZ",
            "ZDITHER0", "ZBLANK", "TTYPE1", "TTYPE2", "TFORM1",
        "TFORM3", "NAXIS1", "NAXIS2", "PCOUNT", "BSCALE", "BLANK",
    ];

    [Theory]
    [InlineData(false, 1, 4000)]
    [InlineData(true, 2, 1000)]
    public void Mutated_files_are_read_or_throw_a_FitsException(bool gzip, int seed, int cases)
    {
        var random = new Random(seed);
        byte[][] originals = [Sample(SampleFile.Write), Sample(Small)];
        Run(cases, i =>
        {
            var original = originals[i % 8 == 0 ? 0 : 1];
            var bytes = gzip && i % 2 == 0 ? Mutate(Folded(original), random, Keywords, inContainer: true)
                : Mutate(original, random, Keywords, inContainer: false);
            return gzip && i % 2 == 1 ? Folded(bytes) : bytes;
        });
    }

    /// <summary>Also mutates only the compressed bytes, so that most mutations reach their decoders.</summary>
    [Fact]
    public void Mutated_compressed_images_are_read_or_throw_a_FitsException()
    {
        var random = new Random(3);
        byte[][] originals =
            [File.ReadAllBytes(CompressedFiles.Path("primary.fits.fz")), File.ReadAllBytes(CompressedFiles.Path("packed.fits.fz"))];
        Run(3000, i => Mutate(originals[i % 2], random, CompressedKeywords, inContainer: i % 3 == 0));
    }

    private static void Run(int cases, Func<int, byte[]> mutated)
    {
        int refused = 0, read = 0;
        for (var i = 0; i < cases; i++)
        {
            var bytes = mutated(i);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ReadEverything(bytes);
                read++;
            }
            catch (FitsException error)
            {
                refused++;
                Assert.StartsWith("fuzz.fits", error.Message, StringComparison.Ordinal);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"case {i}: {error}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 24_000_000, $"case {i}: {allocated} bytes allocated for a file of {bytes.Length}");
        }

        Assert.True(refused > cases / 20
            && read > cases / 20, $"{refused} refused, {read} read: the mutations are too harsh or too mild to say anything");
    }

    private static void ReadEverything(byte[] bytes)
    {
        using var fits = FitsFile.Open(new MemoryStream(bytes), "fuzz.fits",
            new FitsLimits { MaxDecompressedBytes = 8_000_000, MaxArrayBytes = 2_000_000 });
        foreach (var hdu in fits.Hdus)
        {
            hdu.VerifyChecksum();
            if (hdu is FitsImage image) Try(() => image.ReadDoubles(), () => image.ReadSingles(), () => image.ReadIntegers(0));
            if (hdu is not FitsTable table) continue;
            foreach (var column in table.Columns)
                Try(() => column.ReadDoubles(), () =>
                    column.ReadIntegers(0), () => column.ReadStrings(), () => column.ReadBooleans(), () => column.ReadComplex(),
                    () => column.ReadVariable(), () => column.ReadVariableIntegers(), () => column.ReadVariableComplex());
        }
    }

    private static void Try(params Action[] reads)
    {
        foreach (var read in reads)
        {
            try
            {
                read();
            }
            catch (FitsException)
            {
            }
        }
    }

    private static byte[] Mutate(byte[] original, Random random, string[] keywords, bool inContainer)
    {
        var bytes = original.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            switch (random.Next(inContainer ? 3 : 7))
            {
                case 0: bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[random.Next(bytes.Length)] = (byte)random.Next(256); break;
                case 2 when random.Next(4) == 0: return bytes[..random.Next(bytes.Length)];
                case 2: bytes.AsSpan(random.Next(bytes.Length - 8), 8).Fill((byte)random.Next(256)); break;
                default: EditCard(bytes, random, keywords); break;
            }
        }

        return bytes;
    }

    /// <summary>Gives a card of a header another value, or another keyword.</summary>
    private static void EditCard(byte[] bytes, Random random, string[] keywords)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var keyword = random.Next(3) > 0 ? keywords[random.Next(keywords.Length)] : "";
        var found = new List<int>();
        for (var card = 0; card + 80 <= bytes.Length; card += 80)
            if (text.AsSpan(card + 8, 2).SequenceEqual("= ")
                && (keyword.Length == 0 || text.AsSpan(card, 8).TrimEnd(' ').SequenceEqual(keyword))) found.Add(card);
        if (found.Count == 0) return;
        var at = found[random.Next(found.Count)];
        var replaced = random.Next(8) == 0 ? keywords[random.Next(keywords.Length)] : text.Substring(at, 8);
        var edited = $"{replaced,-8}= {Values[random.Next(Values.Length)],20}".PadRight(80);
        Encoding.Latin1.GetBytes(edited.AsSpan(0, 80), bytes.AsSpan(at));
    }

    private static void Small(FitsWriter writer)
    {
        writer.WriteImage("IMAGE", [4, 3, 2], [.. Enumerable.Range(0, 24).Select(i => (double)i)], null, FitsElementType.Int16,
            new FitsScaling(0.5, 1, -999));
        writer.WriteTable("TABLE",
        [
            FitsTableColumn.VariableDoubles("P", [[1, 2], [], [3, 4, 5]]),
            FitsTableColumn.Strings("A", ["a", "bb", "c", "d", "e", "f"], perRow: 2),
            FitsTableColumn.Int32s("J", [1, 2, 3, 4, 5, 6], repeat: 2, dims: [2]), FitsTableColumn.Bits("X", new bool[33], 11),
            FitsTableColumn.VariableStrings("T", ["x", "yy", ""]),
        ]);
    }

    private static byte[] Folded(byte[] bytes)
    {
        using var folded = new MemoryStream();
        using (var stream = new GZipStream(folded, CompressionLevel.Fastest, leaveOpen: true)) stream.Write(bytes);
        return folded.ToArray();
    }

    private static byte[] Sample(Action<FitsWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true)) write(writer);
        return stream.ToArray();
    }
}
