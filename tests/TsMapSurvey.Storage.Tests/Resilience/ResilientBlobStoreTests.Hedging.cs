using TsMapSurvey.Storage.Resilience;
using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests.Resilience;

/// <summary>Late reads are sent a second time, writes never.</summary>
public sealed partial class ResilientBlobStoreTests
{
    private static readonly StorageOptions Hedging = Options with { HedgeAfter = TimeSpan.FromSeconds(2) };

    public static TheoryData<string> SmallReads => new("find", "read", "range");

    [Theory]
    [MemberData(nameof(SmallReads))]
    public async Task A_small_read_that_is_late_is_put_a_second_time_and_the_first_answer_counts(string kind)
    {
        await SeedAsync("x", "content");
        var (store, read) = (new ResilientBlobStore(_faulty, Hedging, _clock), SmallRead(kind));
        await using var stream = await store.OpenReadAsync("x", null, Cancel);
        _faulty.Calls.Clear();
        Plan(Fault.Silence);
        var answer = read(store, stream!);
        await _faulty.Silent;
        _clock.Advance(Hedging.HedgeAfter - TimeSpan.FromTicks(1));
        Assert.Equal([kind], _faulty.Calls);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("content", await answer.WaitAsync(TimeSpan.FromMinutes(1), Cancel));
        Assert.Equal([kind, kind], _faulty.Calls);
    }

    [Theory]
    [MemberData(nameof(SmallReads))]
    public async Task A_read_that_fails_is_repeated_after_a_pause_and_not_put_twice_at_once(string kind)
    {
        await SeedAsync("x", "content");
        var (store, read) = (new ResilientBlobStore(_faulty, Hedging, _clock), SmallRead(kind));
        await using var stream = await store.OpenReadAsync("x", null, Cancel);
        _faulty.Calls.Clear();
        Plan(Fault.Lost, Fault.AnswerLost);
        Assert.Equal("content", await PassAsync(read(store, stream!)));
        Assert.Equal([kind, kind, kind], _faulty.Calls);
        Assert.Equal(2, _clock.Waits.Count);
    }

    [Fact]
    public async Task A_second_call_that_fails_leaves_the_word_to_the_first()
    {
        await SeedAsync("x", "content");
        var store = new ResilientBlobStore(_faulty, Hedging, _clock);
        Plan(Fault.Held, Fault.Lost);
        var answer = store.ReadAsync("x", Cancel);
        await _faulty.Silent;
        _clock.Advance(Hedging.HedgeAfter);
        await _faulty.CalledAsync(2);
        Assert.False(answer.IsCompleted);
        _faulty.Release();
        Assert.Equal("content", Text(await answer.WaitAsync(TimeSpan.FromMinutes(1), Cancel)));
        Assert.Equal(["read", "read"], _faulty.Calls);
    }

    [Fact]
    public async Task A_store_that_is_slow_as_a_whole_is_not_asked_twice_for_everything()
    {
        await SeedAsync("x", "content");
        var store = new ResilientBlobStore(_faulty, Hedging with { MaxConcurrentHedges = 1 }, _clock);
        Plan(Fault.Silence, Fault.Silence, Fault.Silence, Fault.Silence);
        using var cancelled = new CancellationTokenSource();
        Task[] answers = [.. Enumerable.Range(0, 3).Select(_ => store.ReadAsync("x", cancelled.Token))];
        await _faulty.CalledAsync(3);
        _clock.Advance(Hedging.HedgeAfter);
        await _faulty.CalledAsync(4);
        Assert.Equal(4, _faulty.Calls.Count);
        await cancelled.CancelAsync();
        foreach (var answer in answers) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("upload")]
    [InlineData("delete")]
    public async Task A_conditional_write_is_sent_once_however_long_its_answer_takes(string kind)
    {
        var etag = (await SeedAsync("x", "old")).ETag!;
        var store = new ResilientBlobStore(_faulty, Hedging, _clock);
        Plan(Fault.Silence);
        Task write = kind switch
        {
            "write" => store.WriteAsync("x", new byte[1], WriteCondition.IfMatch(etag), Cancel),
            "upload" => store.WriteAsync("x", new MemoryStream([1]), WriteCondition.IfMatch(etag), null, Cancel),
            _ => store.DeleteAsync("x", WriteCondition.IfMatch(etag), Cancel),
        };
        await _faulty.Silent;
        _clock.Advance(Hedging.HedgeAfter * 2);
        Assert.False(write.IsCompleted);
        _clock.Advance(StoragePipelines.TryTimeout);
        Assert.Equal(StorageError.TimedOut, (await Assert.ThrowsAsync<StorageException>(() => write)).Error);
        Assert.Equal([kind], _faulty.Calls);
    }

    private static Func<IBlobStore, Stream, Task<string>> SmallRead(string kind) => kind switch
    {
        "find" => async (store, _) => (await store.FindAsync("x", Cancel)) is { Length: 7 } ? "content" : "",
        "read" => async (store, _) => Text(await store.ReadAsync("x", Cancel)),
        _ => async (_, stream) => await ReadInPiecesAsync(stream),
    };
}
