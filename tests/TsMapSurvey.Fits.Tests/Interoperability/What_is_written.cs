using System.Text.Json;

namespace TsMapSurvey.Fits.Tests;

public sealed class What_is_written : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("sample.fits")]
    [InlineData("sample.fits.gz")]
    public void Fitsverify_finds_no_error_and_no_warning(string name)
    {
        var fitsverify = Tools.Need("fitsverify", "apt-get install fitsverify");
        var path = Sample(name);
        var run = Tools.Run(fitsverify, [path]);
        Assert.True(run.ExitCode == 0
            && run.Output.Contains("Verification found 0 warning(s) and 0 error(s)", StringComparison.Ordinal), run.Output);
    }

    [Fact]
    public void Astropy_reads_the_same_values_and_accepts_the_checksums()
    {
        var script = Repository.Path("tests", "TsMapSurvey.Fits.Tests", "Interoperability", "read_with_astropy.py");
        var run = Tools.Run(Tools.NeedAstropy(), [script, Sample("sample.fits"), Sample("sample.fits.gz")]);
        Assert.True(run.ExitCode == 0, run.Error);
        var files = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(2, files.GetArrayLength());
        foreach (var file in files.EnumerateArray())
        {
            var hdus = file.EnumerateArray().ToDictionary(hdu => hdu.GetProperty("name").GetString()!);
            Assert.All(SampleFile.Images, image => Assert.Equal(image.Value, AstropyFiles.Unpack(hdus[image.Key].GetProperty("image"))));
            Assert.Equal([2, 3, 4], hdus["DOUBLES"].GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()));
            var table = hdus["EVERYTHING"].GetProperty("columns");
            Assert.All(SampleFile.Columns, column => Assert.Equal(
                column.Key == "NULLS" ? [1, 2, -999, 4, 5] : column.Value, AstropyFiles.Unpack(table.GetProperty(column.Key))));
            Assert.All(SampleFile.Texts, column => Assert.Equal(column.Value, Texts(table.GetProperty(column.Key))));
            Assert.All(SampleFile.Arrays, column =>
                Assert.Equal(column.Value, table.GetProperty(column.Key).EnumerateArray().Select(AstropyFiles.Unpack)));
            Assert.Equal("MeV-1 s-1 sr-1", hdus["EVERYTHING"].GetProperty("units").GetProperty("GRID").GetString());
            AssertHeader(hdus["PRIMARY"].GetProperty("header"));
        }
    }

    [Fact]
    public void The_same_data_give_the_same_bytes()
    {
        Assert.Equal(File.ReadAllBytes(Sample("a.fits.gz")), File.ReadAllBytes(Sample("b.fits.gz")));
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertHeader(JsonElement found)
    {
        foreach (var card in SampleFile.Header()
            .Where(card => !card.IsCommentary && card.Value is not null && card.Keyword is not ("NAXIS1" or "CHECKSUM")))
        {
            var value = found.GetProperty(card.Keyword);
            switch (card.Value)
            {
                case string text: Assert.Equal(text, value.GetString()); break;
                case bool flag: Assert.Equal(flag, value.GetBoolean()); break;
                case long integer: Assert.Equal(integer, value.GetInt64()); break;
                case double real: Assert.Equal(real, value.GetDouble()); break;
            }
        }
    }

    private static IEnumerable<string> Texts(JsonElement texts) => texts.EnumerateArray().Select(text => text.GetString()!);

    private string Sample(string name)
    {
        var path = _folder.File(name);
        FitsWriter.Write(path, SampleFile.Write);
        return path;
    }
}
