using System.Text;

namespace TsMapSurvey.Sky.Tests.Mocs;

public sealed class MocTextTests
{
    [Fact]
    public void Text_and_json_give_the_region_again() => NaiveMoc.GenCells.ForSeeded(cells =>
    {
        var moc = Moc.OfCells(cells, 5);

        Assert.Equal(moc, MocAscii.Parse(MocAscii.Format(moc)));
        Assert.Equal(moc, MocJson.Parse(MocJson.Format(moc)));
    });

    [Theory]
    [InlineData("1/1-2,4 2/12-14,21,23,25 8/", "1/1-2 4 2/12-14 21 23 25 8/")]
    [InlineData("1/1 2 4\n2/12-14 21 23 25 8/", "1/1-2 4 2/12-14 21 23 25 8/")]
    [InlineData("s0/0-11", "0/0-11")]
    [InlineData("3/4-7", "2/1 3/")]
    [InlineData("3/5,4,6,7", "2/1 3/")]
    [InlineData("5/", "5/")]
    [InlineData("2/1 1/0 1/0", "1/0 2/")]
    public void Text_is_normalised(string text, string expected) => Assert.Equal(expected, MocAscii.Format(MocAscii.Parse(text)));

    [Theory]
    [InlineData("""{"1":[1,2,4],"2":[12,13,14,21,23,25],"8":[]}""", "1/1-2,4 2/12-14,21,23,25 8/")]
    [InlineData("{}", "0/")]
    public void Json_is_the_same_as_text(string json, string text) =>
        Assert.Equal(MocAscii.Parse(text), MocJson.Parse(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("", "no cell and no order")]
    [InlineData("1", "an order before the first cell")]
    [InlineData("30/0", "order 30, expected 0 to 29")]
    [InlineData("2/192", "cell 192 of order 2, expected 0 to 191")]
    [InlineData("2/5-192", "cell 192")]
    [InlineData("2/5-3", "cell 3")]
    [InlineData("2/5-", "the end of the text")]
    [InlineData("2/-5", "'-'")]
    [InlineData("2/abc", "character 3: found 'a'")]
    [InlineData("2/99999999999999999999", "'99999999999999999999'")]
    [InlineData("t61/1 s2/1", "a dimension of time")]
    [InlineData("{\"1\":[1]}", "character 1: found '{'")]
    [InlineData("\u00001/1", "character 1")]
    public void Wrong_text_is_refused_with_the_place(string text, string message) =>
        Assert.Contains(message, Assert.Throws<SkyException>(() => MocAscii.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "found 'StartArray', expected an object of orders")]
    [InlineData("{\"1\":1}", "expected a list of cells")]
    [InlineData("{\"1\":[1.5]}", "found '1.5', expected a whole number")]
    [InlineData("{\"1\":[\"1\"]}", "expected the number of a cell")]
    [InlineData("{\"1\":[[1]]}", "expected the number of a cell")]
    [InlineData("{\"x\":[]}", "found 'x', expected the number of an order")]
    [InlineData("{\"30\":[]}", "order 30")]
    [InlineData("{\"1\":[48]}", "cell 48 of order 1")]
    [InlineData("{\"1\":[-1]}", "cell -1 of order 1")]
    [InlineData("{\"1\":[1", "JSON")]
    [InlineData("{\"1\":[1]}{}", "JSON")]
    [InlineData("{\"1\":{\"1\":{\"1\":{\"1\":{\"1\":1}}}}}", "expected a list of cells")]
    public void Wrong_json_is_refused_with_the_place(string json, string message) =>
        Assert.Contains(message, Assert.Throws<SkyException>(() => MocJson.Parse(Encoding.UTF8.GetBytes(json))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Too_many_cells_are_refused()
    {
        var text = "29/" + string.Join(' ', Enumerable.Repeat("1", Moc.MaxCells + 1));

        Assert.Contains("expected at most", Assert.Throws<SkyException>(() => MocAscii.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String[Gen.Char["0123456789/-, st\n"], 0, 30].ForSeeded(text =>
    {
        foreach (var parse in new Action[] { () => MocAscii.Parse(text), () => MocAscii.ParseSpaceTime(text) })
        {
            var exception = Record.Exception(parse);
            Assert.True(exception is null or SkyException, $"{exception}");
        }
    }, 3000);
}
