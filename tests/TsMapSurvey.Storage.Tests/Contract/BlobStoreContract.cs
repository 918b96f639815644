using static TsMapSurvey.Storage.Tests.Contract.StoreUnderTest;

namespace TsMapSurvey.Storage.Tests.Contract;

/// <summary>The contract of all stores; each kind of store has a derived class.</summary>
public abstract partial class BlobStoreContract(string kind) : IAsyncLifetime
{
    private StoreUnderTest? _opened;

    private IBlobStore Store => _opened!.Store;

    private IBlobStore Other => _opened!.Other;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _opened = await OpenAsync(kind);

    public ValueTask DisposeAsync()
    {
        _opened?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_not_an_error()
    {
        Assert.Null(await Store.FindAsync("no/such", Cancel));
        Assert.Null(await Store.ReadAsync("no/such", Cancel));
        Assert.Null(await Store.OpenReadAsync("no/such", null, Cancel));
        Assert.False(await Store.DeleteAsync("no/such", WriteCondition.Always, Cancel));
        Assert.Empty(await NamesAsync(""));
        await WriteAsync("there", "x");
        Assert.Null(await Store.ReadAsync("there/below", Cancel));
        Assert.Null(await Store.FindAsync("there/below", Cancel));
        Assert.Null(await Store.FindAsync("no", Cancel));
        Assert.Empty(await NamesAsync("there/"));
    }

    [Fact]
    public async Task Whether_it_can_be_written_to_is_tried_without_a_trace()
    {
        await Store.CheckWritingAsync(Cancel);
        await WriteAsync("there", "x");
        await Store.CheckWritingAsync(Cancel);
        Assert.Equal(["there"], await NamesAsync(""));
        Assert.Empty(Store.Skipped(""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(9 << 20)]
    public async Task What_is_written_is_read_back(int length)
    {
        var content = Noise(length, 1);
        var written = await Store.WriteAsync("a/b.bin", content, WriteCondition.Always, Cancel);
        var read = await Other.ReadAsync("a/b.bin", Cancel);
        Assert.True(content.AsSpan().SequenceEqual(read!.Bytes.Span));
        var found = await Other.FindAsync("a/b.bin", Cancel);
        Assert.Equal(length, found!.Length);
        Assert.Equal([written.ETag, written.ETag], [read.ETag, found.ETag]);
        var listed = Assert.Single(await EntriesAsync(""));
        Assert.Equal(
            (found.Name, found.ETag, found.Length, found.ContentMd5), (listed.Name, listed.ETag, listed.Length, listed.ContentMd5));
    }

    [Fact]
    public async Task A_blob_over_the_limit_is_not_read_into_memory_but_streamed()
    {
        await Store.WriteAsync("big", new byte[(9 << 20) + 1], WriteCondition.Always, Cancel);
        var e = await Assert.ThrowsAsync<StorageException>(() => Store.ReadAsync("big", Cancel));
        Assert.Equal((StorageError.TooLarge, "big", false), (e.Error, e.Blob, e.IsRetryable));
        await using var stream = await Store.OpenReadAsync("big", null, Cancel);
        Assert.Equal((9 << 20) + 1, stream!.Length);
    }

    [Fact]
    public async Task Listing_is_in_order_of_names_and_by_any_prefix()
    {
        string[] names = ["a-b", "a.c", "a/b", "a/b-c", "a/c/d", "a0", "b", "ä/ü", "日本/観測"];
        foreach (var name in names.Reverse()) await WriteAsync(name, name);
        Assert.Equal(names, await NamesAsync(""));
        Assert.Equal(["a/b", "a/b-c", "a/c/d"], await NamesAsync("a/"));
        Assert.Equal(["a/b", "a/b-c"], await NamesAsync("a/b"));
        Assert.Equal(["a-b", "a.c", "a/b", "a/b-c", "a/c/d", "a0"], await NamesAsync("a"));
        Assert.Equal(["日本/観測"], await NamesAsync("日"));
        Assert.Empty(await NamesAsync("a/b/"));
        Assert.Empty(await NamesAsync("c/d/"));
    }

    [Fact]
    public async Task Names_may_hold_spaces_and_what_urls_and_shells_find_special()
    {
        string[] names =
            ["%2e%2e/x", "100% sure.fits", "a b/c d.fits", "a&b=c", "c#d", "e+f", "g?h", "obs;v=1,2 (copy)'s.fits", "ünï/😀.fits", "~x"];
        foreach (var name in names) await WriteAsync(name, name);
        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(""));
        foreach (var name in names) Assert.Equal(name, Text(await Other.ReadAsync(name, Cancel)));
        foreach (var name in names) Assert.True(await Store.DeleteAsync(name, WriteCondition.Always, Cancel));
        Assert.Empty(await NamesAsync(""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData(".tsmap/locks/00")]
    [InlineData("a/.hidden")]
    [InlineData("a./b")]
    [InlineData("a /b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public async Task A_name_that_not_every_store_can_have_is_refused_by_all(string name)
    {
        var e = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(name, "x"));
        Assert.Equal((StorageError.InvalidName, name), (e.Error, e.Blob));
        Assert.Equal(e.Error, (await Assert.ThrowsAsync<StorageException>(() => Store.ReadAsync(name, Cancel))).Error);
        Assert.Equal(e.Error, (await Assert.ThrowsAsync<StorageException>(() => Store.OpenReadAsync(name, null, Cancel))).Error);
        Assert.Equal(e.Error, (await Assert.ThrowsAsync<StorageException>(() => Store.FindAsync(name, Cancel))).Error);
        Assert.Equal(
            e.Error, (await Assert.ThrowsAsync<StorageException>(() => Store.DeleteAsync(name, WriteCondition.Always, Cancel))).Error);
    }

    [Fact]
    public async Task The_longest_names_work_and_longer_ones_are_refused()
    {
        var segment = new string('x', 249);
        var longest = string.Join('/', segment, segment, segment, new string('é', 125));
        Assert.Equal(1000, System.Text.Encoding.UTF8.GetByteCount(longest));
        await WriteAsync(longest, "long");
        Assert.Equal("long", Text(await Store.ReadAsync(longest, Cancel)));
        foreach (var over in new[] { longest[..^1] + "xxx", segment + "xx" })
            Assert.Equal(StorageError.InvalidName, (await Assert.ThrowsAsync<StorageException>(() => WriteAsync(over, "x"))).Error);
    }

    [Theory]
    [InlineData("", "", "a-b,a/b,a/c/d,a0,b/x")]
    [InlineData("", "a/b", "a/b,a/c/d,a0,b/x")]
    [InlineData("", "a/b0", "a/c/d,a0,b/x")]
    [InlineData("", "a/c/d/e", "a0,b/x")]
    [InlineData("a/", "a/c", "a/c/d")]
    [InlineData("a/", "b", "")]
    [InlineData("a", "a.", "a/b,a/c/d,a0")]
    public async Task A_listing_from_a_name_gives_what_is_not_before_it(string prefix, string from, string expected)
    {
        foreach (var name in new[] { "b/x", "a0", "a/c/d", "a-b", "a/b" }) await WriteAsync(name, name);
        var names = new List<string>();
        await foreach (var entry in Store.ListFromAsync(prefix, from, Cancel)) names.Add(entry.Name);
        Assert.Equal(expected, string.Join(',', names));
    }

    [Fact]
    public async Task Cancelling_is_no_storage_fault()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync("a", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.WriteAsync("a", Bytes("x"), WriteCondition.Always, cancelled.Token));
        Assert.Empty(await NamesAsync(""));
    }

    private Task<WriteResult> WriteAsync(string name, string text) => Store.WriteAsync(name, Bytes(text), WriteCondition.Always, Cancel);

    private async Task<string[]> NamesAsync(string prefix) => [.. (await EntriesAsync(prefix)).Select(entry => entry.Name)];

    private async Task<List<BlobEntry>> EntriesAsync(string prefix)
    {
        var entries = new List<BlobEntry>();
        await foreach (var entry in Store.ListAsync(prefix, Cancel)) entries.Add(entry);
        return entries;
    }
}
