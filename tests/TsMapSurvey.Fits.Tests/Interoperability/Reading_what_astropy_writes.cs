using System.Numerics;
using System.Text.Json;

namespace TsMapSurvey.Fits.Tests;

public sealed class Reading_what_astropy_writes(AstropyFiles files) : IClassFixture<AstropyFiles>
{
    [Theory]
    [InlineData("images.fits", 16)]
    [InlineData("images.fits.gz", 16)]
    [InlineData("members.fits.gz", 16)]
    public void Images_of_every_kind_have_the_same_values(string file, int least)
    {
        var checks = Checks(file, "image");
        Assert.True(checks.Length >= least - 1, $"only {checks.Length} images");
        using var fits = FitsFile.Open(files.Path(file));
        foreach (var check in checks)
        {
            var image = Assert.IsType<FitsImage>(fits.Find(check.GetProperty("hdu").GetString()!));
            var expected = AstropyFiles.Unpack(check.GetProperty("values"));
            Assert.Equal(check.GetProperty("axes").EnumerateArray().Select(axis => axis.GetInt32()), image.Axes);
            AssertSame(expected, image.ReadDoubles(), image.Name);
            AssertSame(Array.ConvertAll(expected, value => (double)(float)value),
                Array.ConvertAll(image.ReadSingles(), value => (double)value), image.Name);
            if (expected.Length == 0) continue;
            var part = new double[expected.Length - 3];
            image.ReadDoubles(2, part);
            AssertSame(expected[2..^1], part, image.Name);
        }
    }

    [Fact]
    public void Integer_images_are_read_exactly()
    {
        files.Need();
        using var fits = FitsFile.Open(files.Path("images.fits"));
        var values = Assert.IsType<FitsImage>(fits.Find("plain64")).ReadIntegers();
        Assert.Equal([long.MinValue, long.MaxValue], values[..2]);
        Assert.Equal(4294967295, Assert.IsType<FitsImage>(fits.Find("unsignedu4")).ReadIntegers()[1]);
        Assert.Equal([-128, 127, 5], Assert.IsType<FitsImage>(fits.Find("unsignedi1")).ReadIntegers()[..3]);
        var unsigned = Assert.IsType<FitsImage>(fits.Find("unsignedu8"));
        var tooLarge = Assert.Throws<FitsException>(() => unsigned.ReadIntegers());
        Assert.Equal(FitsError.ValueOutOfRange, tooLarge.Error);
        Assert.Contains("18446744073709551615", tooLarge.Message);
    }

    [Fact]
    public void Table_columns_of_every_format_have_the_same_values()
    {
        var (fixedColumns, variable) = (Checks("tables.fits"), Checks("variable.fits"));
        Assert.Equal(21, fixedColumns.Length);
        Assert.Equal(10, variable.Length);
        foreach (var check in fixedColumns.Concat(variable))
        {
            using var fits = FitsFile.Open(files.Path(check.GetProperty("file").GetString()!));
            var table = Assert.IsType<FitsTable>(fits.Find(check.GetProperty("hdu").GetString()!));
            var name = check.GetProperty("column").GetString()!;
            var column = table.Find(name)!;
            Assert.NotNull(column);
            Assert.Equal(check.GetProperty("unit").GetString(), column.Unit);
            var values = check.GetProperty("values");
            switch (check.GetProperty("kind").GetString())
            {
                case "doubles": AssertSame(AstropyFiles.Unpack(values), column.ReadDoubles(), name); break;
                case "complex": AssertSame(AstropyFiles.Unpack(values), Parts(column.ReadComplex()), name); break;
                case "strings": Assert.Equal(values.EnumerateArray().Select(text => text.GetString()), column.ReadStrings()); break;
                case "variable": AssertRows(values, column.ReadVariable(), name); break;
                case "variable-complex": AssertRows(values, Array.ConvertAll(column.ReadVariableComplex(), Parts), name); break;
                case var kind: Assert.Fail($"unknown kind {kind}"); break;
            }
        }
    }

    [Fact]
    public void Headers_have_the_same_cards()
    {
        var check = Assert.Single(Checks("headers.fits"));
        using var fits = FitsFile.Open(files.Path("headers.fits"));
        var header = fits.Hdus[0].Header;
        foreach (var expected in check.GetProperty("values").EnumerateObject())
        {
            var card = header.Find(expected.Name);
            Assert.True(card is not null, expected.Name);
            object value = expected.Value.ValueKind switch
            {
                JsonValueKind.String => expected.Value.GetString()!.TrimEnd(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ when card.Value.Value is long => expected.Value.GetInt64(),
                _ => expected.Value.GetDouble(),
            };
            Assert.Equal(value, card.Value.Value);
            if (value is not string) Assert.Equal("a comment", card.Value.Comment);
        }

        Assert.True(header.Contains("UNDEF"));
        Assert.Null(header.Find("UNDEF")!.Value.Value);
        Assert.Equal(["comment 0", "comment 1", "comment 2"], header.Where(card => card.Keyword == "COMMENT").Select(card => card.Value));
        Assert.Equal(["history 0", "history 1", "history 2"], header.Where(card => card.Keyword == "HISTORY").Select(card => card.Value));
    }

    [Theory]
    [InlineData("images.fits")]
    [InlineData("images.fits.gz")]
    [InlineData("tables.fits")]
    [InlineData("headers.fits")]
    public void Checksums_of_astropy_are_found_valid(string file)
    {
        files.Need();
        using var fits = FitsFile.Open(files.Path(file));
        Assert.All(fits.Hdus, hdu => Assert.Equal(FitsChecksumStatus.Valid, hdu.VerifyChecksum()));
    }

    [Fact]
    public void An_ascii_table_is_listed_and_skipped()
    {
        files.Need();
        using var fits = FitsFile.Open(files.Path("tables.fits"));
        var ascii = Assert.IsType<FitsUnknownHdu>(fits.Find("ASCII"));
        Assert.Equal("TABLE", ascii.Extension);
        Assert.Equal(4, ascii.Header.GetInteger("NAXIS2"));
        Assert.IsType<FitsTable>(fits.Hdus[ascii.Index + 1]);
    }

    private static double[] Parts(Complex[] values) => [.. values.SelectMany(value => new[] { value.Real, value.Imaginary })];

    private static void AssertRows(JsonElement expected, double[][] rows, string what)
    {
        Assert.Equal(expected.GetArrayLength(), rows.Length);
        for (var row = 0; row < rows.Length; row++) AssertSame(AstropyFiles.Unpack(expected[row]), rows[row], $"{what}, row {row}");
    }

    /// <summary>Bit for bit, so that -0.0 counts; any NaN equals any other.</summary>
    private static void AssertSame(double[] expected, double[] found, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(found[i])
                || (double.IsNaN(expected[i]) && double.IsNaN(found[i])),
                $"{what}, element {i}: found {found[i]:R}, expected {expected[i]:R}");
    }

    private JsonElement[] Checks(string file, string? kind = null)
    {
        files.Need();
        return [.. files.Checks.Where(
            check => check.GetProperty("file").GetString() == file && (kind is null || check.GetProperty("kind").GetString() == kind))];
    }
}
