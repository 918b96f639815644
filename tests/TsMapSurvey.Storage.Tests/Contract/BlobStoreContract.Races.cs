using static TsMapSurvey.Storage.Tests.Contract.StoreUnderTest;

namespace TsMapSurvey.Storage.Tests.Contract;

/// <summary>Uploads of several blocks during which another writer writes the blob.</summary>
public abstract partial class BlobStoreContract
{
    /// <summary>More than two Azure blocks.</summary>
    private const int Long = (9 << 20) + 5;

    /// <summary>Within the second block, after the first check of the condition.</summary>
    private const int Within = 6 << 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_long_stream_that_is_overtaken_while_it_is_sent_changes_nothing(bool isThere)
    {
        var condition = isThere ? WriteCondition.IfMatch((await WriteAsync("x", "old")).ETag!) : WriteCondition.IfAbsent;
        var other = default(WriteResult);
        using var content = new InterruptedStream(
            Long, 1, Within, async () => other = await Other.WriteAsync("x", Bytes("other"), WriteCondition.Always, Cancel));
        Assert.Equal(new WriteResult(false, null), await Store.WriteAsync("x", content, condition, null, Cancel));
        var found = await Store.ReadAsync("x", Cancel);
        Assert.Equal(("other", other!.ETag), (Text(found), found!.ETag));
    }

    [Fact]
    public async Task A_long_stream_whose_condition_does_not_hold_is_not_sent()
    {
        await WriteAsync("x", "there");
        using var source = new PatternStream(30_000_003, seekable: true);
        var progress = new SentSoFar(source);
        Assert.False((await Store.WriteAsync("x", source, WriteCondition.IfAbsent, progress, Cancel)).Written);
        Assert.Equal(0, progress.Sent);
        Assert.InRange(source.Taken, 0, 5 << 20);
    }

    [Fact]
    public async Task Of_two_long_streams_that_are_sent_at_a_time_one_is_there_whole()
    {
        using var inner = new InterruptedStream(Long, 2, Long + 1, () => Task.CompletedTask);
        using var outer = new InterruptedStream(Long, 1, Within, () => Other.WriteAsync("x", inner, WriteCondition.Always, null, Cancel));
        try
        {
            await Store.WriteAsync("x", outer, WriteCondition.Always, null, Cancel);
        }
        catch (StorageException bad)
        {
            // The other writer's commit discarded its blocks: an error, and nothing of it is stored.
            Assert.True(bad.IsRetryable, bad.Message);
        }

        await using var stream = await Store.OpenReadAsync("x", null, Cancel);
        var found = new byte[Long];
        await stream!.ReadExactlyAsync(found, Cancel);
        Assert.Equal(Long, stream.Length);
        Assert.False(found.AsSpan().ContainsAnyExcept(found[0]), "bytes of both");
    }
}
