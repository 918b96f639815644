namespace TsMapSurvey.Storage.Tests;

public sealed class BlobNameTests
{
    [Fact]
    public void Half_a_surrogate_pair_is_no_name_and_the_message_stays_printable()
    {
        var e = Assert.Throws<StorageException>(() => BlobName.Check("a\ud800"));
        Assert.Equal(@"'a\ud800' cannot name a blob: it has a lone surrogate", e.Message);
    }

    [Theory]
    [InlineData("observations/run 1.fits", null)]
    [InlineData("a:b", null)]
    [InlineData("a/./b", "a segment starts with a dot or a space")]
    [InlineData("a/b.", "a segment ends with a dot or a space")]
    [InlineData("a//b", "it has an empty segment")]
    [InlineData("\u0085", "it has a control character or a backslash")]
    public void A_name_is_refused_with_the_rule_that_it_breaks(string name, string? fault) => Assert.Equal(fault, BlobName.Fault(name));

    [Theory]
    [InlineData("")]
    [InlineData("a/")]
    [InlineData("a/b.")]
    [InlineData("a/.")]
    public void A_prefix_may_end_anywhere_in_a_name(string prefix) => Assert.Null(Record.Exception(() => BlobName.CheckPrefix(prefix)));

    [Theory]
    [InlineData("../")]
    [InlineData("/")]
    [InlineData("a/../b")]
    [InlineData("a\\")]
    public void A_prefix_has_whole_valid_segments_before_its_last(string prefix) =>
        Assert.Equal(StorageError.InvalidName, Assert.Throws<StorageException>(() => BlobName.CheckPrefix(prefix)).Error);
}
