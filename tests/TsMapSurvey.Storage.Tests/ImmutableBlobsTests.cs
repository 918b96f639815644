using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests;

public sealed class ImmutableBlobsTests
{
    private readonly MemoryStore _memory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_broke_off_in_the_middle_is_sent_again_whole()
    {
        using var content = new MemoryStream([9, 1, 2, 3, 4, 5]) { Position = 1 };
        await ImmutableBlobs.PutAsync(new BreakingStore(_memory, times: 1), "x", content, Cancel);
        Assert.Equal([1, 2, 3, 4, 5], (await _memory.ReadAsync("x", Cancel))!.Bytes.ToArray());
    }

    [Fact]
    public async Task What_broke_off_twice_is_an_error_and_not_there()
    {
        using var content = new MemoryStream([1, 2, 3, 4, 5]);
        var lost = await Assert.ThrowsAsync<StorageException>(
            () => ImmutableBlobs.PutAsync(new BreakingStore(_memory, times: 2), "x", content, Cancel));
        Assert.True(lost.IsRetryable);
        Assert.Null(await _memory.FindAsync("x", Cancel));
    }

    [Fact]
    public async Task What_is_there_stays_as_it_is()
    {
        await ImmutableBlobs.PutAsync(_memory, "x", [1], Cancel);
        await ImmutableBlobs.PutAsync(_memory, "x", [2], Cancel);
        Assert.Equal([1], (await _memory.ReadAsync("x", Cancel))!.Bytes.ToArray());
    }

    /// <summary>Uploads that fail after two bytes, a given number of times.</summary>
    private sealed class BreakingStore(IBlobStore inner, int times) : IBlobStore
    {
        private int _left = times;

        public string Description => inner.Description;

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
            inner.ListAsync(prefix, cancellationToken);

        public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

        public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) => inner.ReadAsync(name, cancellationToken);

        public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken) =>
            inner.OpenReadAsync(name, ifMatch, cancellationToken);

        public Task<WriteResult> WriteAsync(
            string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
            inner.WriteAsync(name, content, condition, cancellationToken);

        public Task<WriteResult> WriteAsync(
            string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken)
        {
            if (_left-- <= 0) return inner.WriteAsync(name, content, condition, progress, cancellationToken);
            content.ReadExactly(new byte[2]);
            throw StorageErrors.Unavailable(Description, name, null, "planned");
        }

        public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
            inner.DeleteAsync(name, condition, cancellationToken);
    }
}
