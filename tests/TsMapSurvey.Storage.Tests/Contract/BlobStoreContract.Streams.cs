using static TsMapSurvey.Storage.Tests.Contract.StoreUnderTest;

namespace TsMapSurvey.Storage.Tests.Contract;

public abstract partial class BlobStoreContract
{
    [Fact]
    public async Task A_stream_reads_any_range_in_any_order()
    {
        var content = Noise(300_000, 2);
        await Store.WriteAsync("ranges", content, WriteCondition.Always, Cancel);
        await using var stream = await Store.OpenReadAsync("ranges", null, Cancel);
        Assert.Equal((300_000, true, false), (stream!.Length, stream.CanSeek, stream.CanWrite));
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            var start = random.Next(300_001);
            var piece = new byte[random.Next(1, i % 10 == 0 ? 200_000 : 3000)];
            stream.Seek(start - 300_000, SeekOrigin.End);
            var count = i % 2 == 0
                ? stream.ReadAtLeast(piece, piece.Length, false) : await stream.ReadAtLeastAsync(piece, piece.Length, false, Cancel);
            Assert.Equal(Math.Min(piece.Length, 300_000 - start), count);
            Assert.True(content.AsSpan(start, count).SequenceEqual(piece.AsSpan(0, count)));
            Assert.Equal(start + count, stream.Position);
        }

        stream.Position = 400_000;
        Assert.Equal(0, stream.Read(new byte[10]));
    }

    [Fact]
    public async Task Opening_a_version_that_is_gone_says_so()
    {
        var old = await WriteAsync("x", "1");
        await WriteAsync("x", "2");
        var e = await Assert.ThrowsAsync<StorageException>(() => Store.OpenReadAsync("x", old.ETag, Cancel));
        Assert.Equal((StorageError.Changed, "x", false), (e.Error, e.Blob, e.IsRetryable));
    }

    [Fact]
    public async Task A_blob_rewritten_while_it_is_read_gives_one_version_or_an_error_but_no_mix()
    {
        var old = Noise(500_000, 4);
        await Store.WriteAsync("x", old, WriteCondition.Always, Cancel);
        await using var stream = await Store.OpenReadAsync("x", null, Cancel);
        var read = new byte[old.Length];
        await stream!.ReadExactlyAsync(read.AsMemory(0, 1000), Cancel);
        await Other.WriteAsync("x", Noise(500_000, 5), WriteCondition.Always, Cancel);
        try
        {
            await stream.ReadExactlyAsync(read.AsMemory(1000), Cancel);
            Assert.True(old.AsSpan().SequenceEqual(read));
        }
        catch (StorageException e)
        {
            Assert.Equal((StorageError.Changed, "x"), (e.Error, e.Blob));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_stream_is_sent_without_reading_far_ahead_and_tells_its_progress(bool seekable)
    {
        const int Length = 30_000_003;
        using var source = new PatternStream(Length, seekable);
        var progress = new SentSoFar(source);
        var written = await Store.WriteAsync("large", source, WriteCondition.IfAbsent, progress, Cancel);
        Assert.Equal(Length, progress.Sent);
        Assert.InRange(progress.FarthestAhead, 0, 17 << 20);
        await using var stream = await Store.OpenReadAsync("large", written.ETag, Cancel);
        Assert.Equal(Length, stream!.Length);
        await PatternStream.CheckAsync(stream, Length, Cancel);
    }

    private sealed class SentSoFar(PatternStream source) : IProgress<long>
    {
        private readonly Lock _lock = new();

        public long Sent { get; private set; }

        public long FarthestAhead { get; private set; }

        public void Report(long value)
        {
            lock (_lock)
            {
                FarthestAhead = Math.Max(FarthestAhead, source.Taken - Sent);
                Sent = Math.Max(Sent, value);
            }
        }
    }
}
