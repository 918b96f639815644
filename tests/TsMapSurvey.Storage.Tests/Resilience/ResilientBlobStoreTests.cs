using System.Text;
using TsMapSurvey.Storage.Resilience;
using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests.Resilience;

public sealed partial class ResilientBlobStoreTests
{
    private static readonly StorageOptions Options = new()
    { Retries = 3, BreakerThroughput = 50, ReadAheadBytes = 64, HedgeAfter = TimeSpan.Zero };
    private readonly TimersClock _clock = new();
    private readonly MemoryStore _memory = new();
    private readonly FaultyStore _faulty;
    private readonly ResilientBlobStore _store;

    public ResilientBlobStoreTests()
    {
        _faulty = new FaultyStore(_memory);
        _store = new ResilientBlobStore(_faulty, Options, _clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_is_repeated_with_growing_waits_until_it_succeeds()
    {
        await SeedAsync("x", "content");
        Plan(Fault.Lost, Fault.Lost, Fault.AnswerLost);
        Assert.Equal("content", Text(await PassAsync(_store.ReadAsync("x", Cancel))));
        Assert.Equal(["read", "read", "read", "read"], _faulty.Calls);
        Assert.Equal(3, _clock.Waits.Count);
        Assert.All(_clock.Waits, wait => Assert.InRange(wait, TimeSpan.FromTicks(1), StoragePipelines.MaxRetryDelay));
    }

    [Fact]
    public async Task A_read_is_given_up_after_the_last_try_with_the_reason()
    {
        Plan(Fault.Lost, Fault.Lost, Fault.Lost, Fault.Lost, Fault.Lost);
        var e = await Assert.ThrowsAsync<StorageException>(() => PassAsync(_store.FindAsync("x", Cancel)));
        Assert.Equal((StorageError.Unavailable, true, 4), (e.Error, e.IsRetryable, _faulty.Calls.Count));
        Assert.Contains("planned", e.Message);
    }

    [Fact]
    public async Task What_no_repetition_can_help_is_not_repeated()
    {
        Plan(Fault.Denied);
        var e = await Assert.ThrowsAsync<StorageException>(() => PassAsync(_store.ReadAsync("x", Cancel)));
        Assert.Equal((StorageError.Denied, 1), (e.Error, _faulty.Calls.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conditional_write_is_sent_once_whatever_becomes_of_it(bool ifAbsent)
    {
        var etag = ifAbsent ? null : (await SeedAsync("x", "old")).ETag;
        var condition = ifAbsent ? WriteCondition.IfAbsent : WriteCondition.IfMatch(etag!);
        Plan(Fault.AnswerLost, Fault.Lost, Fault.Lost);
        Assert.True((await Assert.ThrowsAsync<StorageException>(
            () => PassAsync(_store.WriteAsync("x", "new"u8.ToArray(), condition, Cancel)))).IsRetryable);
        await Assert.ThrowsAsync<StorageException>(() => PassAsync(_store.WriteAsync("y", new MemoryStream([1]), condition, null, Cancel)));
        await Assert.ThrowsAsync<StorageException>(() => PassAsync(_store.DeleteAsync("x", WriteCondition.IfMatch("1"), Cancel)));
        Assert.Equal(["write", "upload", "delete"], _faulty.Calls);
        Assert.Equal("new", Text(await _memory.ReadAsync("x", Cancel)));
    }

    [Fact]
    public async Task A_write_without_condition_is_repeated_from_where_its_stream_began()
    {
        Plan(Fault.Lost, Fault.AnswerLost);
        Assert.True((await PassAsync(_store.WriteAsync("x", "bytes"u8.ToArray(), WriteCondition.Always, Cancel))).Written);
        using var content = new MemoryStream("headtail"u8.ToArray()) { Position = 4 };
        Plan(Fault.AnswerLost, Fault.AnswerLost);
        Assert.True((await PassAsync(_store.WriteAsync("y", content, WriteCondition.Always, null, Cancel))).Written);
        Assert.Equal(["write", "write", "write", "upload", "upload", "upload"], _faulty.Calls);
        Assert.Equal(["bytes", "tail"], [Text(await _memory.ReadAsync("x", Cancel)), Text(await _memory.ReadAsync("y", Cancel))]);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_rewound_is_sent_once()
    {
        Plan(Fault.AnswerLost);
        using var content = new Contract.PatternStream(100, seekable: false);
        await Assert.ThrowsAsync<StorageException>(() => PassAsync(_store.WriteAsync("x", content, WriteCondition.Always, null, Cancel)));
        Assert.Equal(["upload"], _faulty.Calls);
    }

    [Fact]
    public async Task A_listing_goes_on_after_a_fault_where_it_stopped()
    {
        string[] names = ["a", "b", "c", "d", "e"];
        foreach (var name in names) await SeedAsync(name, name);
        Plan(Fault.None, Fault.None, Fault.Lost, Fault.None, Fault.Lost);
        Assert.Equal(names, await PassAsync(ListAsync()));
        Assert.Equal(3, _faulty.Calls.Count(call => call == "list"));
    }

    [Fact]
    public async Task A_listing_of_many_pages_gives_each_name_once_and_what_it_had_when_it_fails_for_good()
    {
        string[] names = [.. Enumerable.Range(0, 600).Select(i => $"{i:D4}")];
        foreach (var name in names) await SeedAsync(name, name);
        Plan([.. Enumerable.Repeat(Fault.None, 300), Fault.Lost, .. Enumerable.Repeat(Fault.None, 200), Fault.Lost]);
        Assert.Equal(names, await PassAsync(ListAsync()));
        Plan([.. Enumerable.Repeat(Fault.None, 300), .. Enumerable.Repeat(Fault.Lost, 100)]);
        var seen = new List<string>();
        await Assert.ThrowsAsync<StorageException>(() => PassAsync(SeeAsync(seen)));
        Assert.Equal(names[..300], seen);
    }

    [Fact]
    public async Task A_range_is_read_again_at_the_same_place()
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(i => $"{i:D3}"));
        await SeedAsync("x", text);
        await using var stream = await _store.OpenReadAsync("x", null, Cancel);
        stream!.Position = 30;
        Plan(Fault.AnswerLost, Fault.None, Fault.Lost);
        Assert.Equal(text[30..], await PassAsync(ReadInPiecesAsync(stream)));
        Assert.Equal(2, _clock.Waits.Count);
    }

    private async Task<string[]> ListAsync()
    {
        var names = new List<string>();
        await SeeAsync(names);
        return [.. names];
    }

    private async Task<int> SeeAsync(List<string> names)
    {
        await foreach (var entry in _store.ListAsync("", Cancel)) names.Add(entry.Name);
        return names.Count;
    }

    private static async Task<string> ReadInPiecesAsync(Stream stream)
    {
        var text = new StringBuilder();
        var piece = new byte[50];
        while (await stream.ReadAsync(piece, Cancel) is var count and > 0) text.Append(Encoding.UTF8.GetString(piece, 0, count));
        return text.ToString();
    }

    private void Plan(params Fault[] faults)
    {
        foreach (var fault in faults) _faulty.Plan.Enqueue(fault);
    }

    private Task<T> PassAsync<T>(Task<T> task) => _clock.PassAsync(task, StoragePipelines.MaxRetryDelay);

    private Task<WriteResult> SeedAsync(string name, string text) =>
        _memory.WriteAsync(name, Encoding.UTF8.GetBytes(text), WriteCondition.Always, Cancel);

    private static string Text(BlobContent? content) => Encoding.UTF8.GetString(content!.Bytes.Span);
}
