namespace TsMapSurvey.Sky.Tests;

public sealed class TileIdTests
{
    [Theory]
    [InlineData("x012y003")]
    [InlineData("cell-a7")]
    [InlineData("0")]
    [InlineData("_-_")]
    [InlineData("12345678901234567890123456789012")]
    public void An_id_is_its_text(string text)
    {
        Assert.Equal(text, new TileId(text).ToString());
        Assert.Equal(new TileId(text), new TileId(new string(text.AsSpan())));
        Assert.NotEqual(new TileId("another"), new TileId(text));
        Assert.NotEqual(default, new TileId(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("X012")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\0")]
    [InlineData("x00٣")]
    [InlineData("é")]
    [InlineData("123456789012345678901234567890123")]
    public void Text_that_is_not_safe_in_urls_and_names_is_refused(string text) =>
        Assert.Contains("expected 1 to 32 characters of a-z, 0-9, '-' and '_'", Assert.Throws<SkyException>(() => new TileId(text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_id_is_unchanged_in_a_URL() =>
        Gen.String[Gen.Char["abz019-_/%.A~ "], 0, 34].ForSeeded(text =>
        {
            try
            {
                Assert.Equal(text, Uri.EscapeDataString(new TileId(text).ToString()));
            }
            catch (SkyException)
            {
                Assert.True(text.Length is 0 or > 32 || text.IndexOfAny(['/', '%', '.', 'A', '~', ' ']) >= 0, text);
            }
        });
}
