using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Access;

namespace TsMapSurvey.Server.Tests;

public sealed class WebhookKeyTests
{
    private const string Key = "a-key_of-32-characters-0123456789";

    public static TheoryData<string> Wrong =>
    [
        "", " ", .. Enumerable.Range(1, Key.Length - 1).Select(length => Key[..length]), .. Enumerable.Range(1, Key.Length - 1)
            .Select(start => Key[start..]),
        Key + "0", Key + " ", " " + Key, Key + Key, Key.ToUpperInvariant(), "*",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Nothing_but_the_whole_key_opens(string shown)
    {
        var key = new WebhookKey(Key, new KeySet([]));
        foreach (var check in new Action[] { () => key.Check(shown, null), () => key.Check(null, shown), () => key.Check(shown, Key) })
        {
            var refused = Assert.Throws<RequestException>(check);
            Assert.Equal(401, refused.Status);
            Assert.DoesNotContain(Key, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_key_is_taken_from_the_header_or_where_there_is_none_from_the_address()
    {
        var key = new WebhookKey(Key, new KeySet([]));
        key.Check(Key, null);
        key.Check(null, Key);
        key.Check(Key, "another");
        Assert.Equal(401, Assert.Throws<RequestException>(() => key.Check(null, null)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Key)]
    public void Where_no_key_is_set_none_opens(string? shown) =>
        Assert.Equal(403, Assert.Throws<RequestException>(() => new WebhookKey(null, new KeySet([])).Check(shown, shown)).Status);
}
