using System.Text;
using System.Text.Json;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage.Tests;

public class SealedJsonTests
{
    private static readonly byte[] Plain = "{\n  \"tile\": \"x000y001\",\n  \"revision\": 17\n}"u8.ToArray();

    [Fact]
    public void A_wholeobject_is_whole_and_still_the_same_object()
    {
        var whole = SealedJson.Seal(Plain);
        Assert.Equal(SealState.Valid, SealedJson.Check(whole));
        using var document = JsonDocument.Parse(whole);
        Assert.Equal(17, document.RootElement.GetProperty("revision").GetInt32());
        Assert.Equal(32, document.RootElement.GetProperty("checksum").GetString()!.Length);
    }

    [Fact]
    public void A_stream_is_sealed_as_its_bytes_are()
    {
        using var stream = new MemoryStream();
        stream.Write(Plain);
        SealedJson.Seal(stream);
        var whole = stream.ToArray();
        Assert.Equal((SealState.Valid, whole.Length), (SealedJson.Check(whole), stream.Position));
    }

    [Fact]
    public void An_object_of_an_earlier_version_is_unsealed() => Assert.Equal(SealState.Unsealed, SealedJson.Check(Plain));

    [Fact]
    public void What_was_sealed_is_opened_again_and_what_was_not_stays_as_it_is()
    {
        Assert.Equal("{ \"a\": 1}"u8.ToArray(), SealedJson.Open(SealedJson.Seal("{ \"a\": 1 }"u8)));
        Assert.Equal("{ \"a\": 1 }"u8.ToArray(), SealedJson.Open("{ \"a\": 1 }"u8));
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_is_found()
    {
        var whole = SealedJson.Seal(Plain);
        for (var i = 0; i < whole.Length; i++)
        {
            Assert.NotEqual(SealState.Valid, SealedJson.Check(whole.AsSpan(0, i)));
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = whole.ToArray();
                changed[i] ^= (byte)(1 << bit);
                Assert.NotEqual(SealState.Valid, SealedJson.Check(changed));
            }
        }
    }

    [Fact]
    public void The_checksum_is_xxh128_of_what_stands_before_it()
    {
        var text = Encoding.UTF8.GetString(SealedJson.Seal("{\"a\":1}"u8));
        Assert.StartsWith("{\"a\":1,\"checksum\":\"", text, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(System.IO.Hashing.XxHash128.Hash("{\"a\":1"u8)), text[^34..^2]);
    }
}
