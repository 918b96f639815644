using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace TsMapSurvey.Tables.Tests;

public sealed class TablePartsTests
{
    private static DataTable Rows(int first, int count) => new(
        "parts", "A table of parts",
        [
            TableColumn.Of("number", Enumerable.Range(first, count).Select(i => i == 2 ? double.NaN : i / 3.0), "A number", "m2 s", "phys"),
            TableColumn.Of("index", Enumerable.Range(first, count).Select(i => (long)i), "An integer"),
            TableColumn.Of("odd", Enumerable.Range(first, count).Select(i => i % 2 == 1), "A flag"),
            TableColumn.Of("name", Enumerable.Range(first, count).Select(i => i == 1 ? "" : $"n, <{i}>"), "A text"),
        ],
        [("SURVEY", "small")]);

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Ecsv)]
    [InlineData(TableFormat.VoTable)]
    public void Parts_together_are_the_whole_table(TableFormat format)
    {
        using var parts = new TableParts(format, 5);
        byte[] bytes = [.. parts.Add(Rows(0, 2)), .. parts.Add(Rows(2, 0)), .. parts.Add(Rows(2, 3)), .. parts.End()];
        var (text, whole) = (Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(TableFile.Format(Rows(0, 5), format)));
        Assert.Equal(WithoutSpace(whole), WithoutSpace(text));
        if (format == TableFormat.VoTable) System.Xml.Linq.XDocument.Parse(text);
    }

    /// <summary>Read by Apache's own C++ implementation.</summary>
    [Fact]
    public void Parquet_is_read_back_with_values_nulls_and_metadata()
    {
        using var parts = new TableParts(TableFormat.Parquet, 5);
        byte[] bytes = [.. parts.Add(Rows(0, 2)), .. parts.Add(Rows(2, 0)), .. parts.Add(Rows(2, 3)), .. parts.End()];
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("t.parquet"), bytes);
        using var reader = new ParquetFileReader(folder.File("t.parquet"));
        Assert.Equal((2, 5L), (reader.FileMetaData.NumRowGroups, reader.FileMetaData.NumRows));
        T[] Column<T>(int column) => [.. Enumerable.Range(0, 2).SelectMany(group =>
        {
            using var rows = reader.RowGroup(group);
            using var values = rows.Column(column).LogicalReader<T>();
            return values.ReadAll((int)rows.MetaData.NumRows);
        })];
        Assert.Equal([0.0, 1 / 3.0, null, 1.0, 4 / 3.0], Column<double?>(0));
        Assert.Equal([0L, 1, 2, 3, 4], Column<long>(1));
        Assert.Equal([false, true, false, true, false], Column<bool>(2));
        Assert.Equal(["n, <0>", null, "n, <2>", "n, <3>", "n, <4>"], Column<string?>(3));
        Assert.Equal(["number", "index", "odd", "name"],
            Enumerable.Range(0, 4).Select(i => reader.FileMetaData.Schema.Column(i).Name));
        var known = reader.FileMetaData.KeyValueMetadata;
        Assert.Equal(("m2 s", "phys", "small", "A flag"),
            (known["number.unit"], known["number.ucd"], known["SURVEY"], known["odd.description"]));
    }

    private static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
