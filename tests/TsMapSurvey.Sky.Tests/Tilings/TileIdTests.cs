namespace TsMapSurvey.Sky.Tests;

public sealed class TileIdTests
{
    [Theory]
    [InlineData(12, 3, "x012y003")]
    [InlineData(0, 0, "x000y000")]
    [InlineData(1234, 999, "x1234y999")]
    [InlineData(int.MaxValue, 1000, "x2147483647y1000")]
    public void The_text_form_is_fixed(int x, int y, string text)
    {
        Assert.Equal(text, new TileId(x, y).ToString());
        Assert.Equal(new TileId(x, y), TileId.Parse(text));
    }

    [Fact]
    public void Every_id_comes_back_from_its_text() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).ForSeeded((x, y) =>
            Assert.Equal(new TileId(x, y), TileId.Parse(new TileId(x, y).ToString())));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("x012")]
    [InlineData("x012y")]
    [InlineData("xy")]
    [InlineData("y003x012")]
    [InlineData("x12y003")]
    [InlineData("x0012y003")]
    [InlineData("x-12y003")]
    [InlineData("x+12y003")]
    [InlineData("X012Y003")]
    [InlineData(" x012y003")]
    [InlineData("x012y003 ")]
    [InlineData("x012y003/..")]
    [InlineData("x012y00٣")]
    [InlineData("x99999999999y003")]
    [InlineData("x012y003y004")]
    public void Text_that_is_no_tile_is_refused(string? text)
    {
        Assert.False(TileId.TryParse(text, null, out _));
        Assert.Contains("expected text like x012y003", Assert.Throws<SkyException>(() => TileId.Parse(text!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_written_is_read() =>
        Gen.String[Gen.Char["xy0123456789-/"], 0, 12].ForSeeded(text =>
        {
            if (TileId.TryParse(text, null, out var id)) Assert.Equal(text, id.ToString());
        });

    [Fact]
    public void Ids_are_ordered_row_by_row()
    {
        TileId[] sorted = [new(0, 0), new(5, 0), new(0, 1), new(1, 1)];
        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.True(sorted[0] < sorted[1] && sorted[2] > sorted[1] && sorted[2] <= sorted[3] && sorted[3] >= sorted[3]);
    }
}
