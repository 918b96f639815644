using TsMapSurvey.Storage.Resilience;
using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests.Resilience;

public sealed partial class ResilientBlobStoreTests
{
    [Fact]
    public async Task A_read_without_an_answer_is_cut_off_and_repeated()
    {
        await SeedAsync("x", "content");
        Plan(Fault.Silence);
        var read = _store.ReadAsync("x", Cancel);
        await _faulty.Silent;
        _clock.Advance(StoragePipelines.TryTimeout - TimeSpan.FromTicks(1));
        Assert.False(read.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("content", Text(await PassAsync(read)));
        Assert.Equal(["read", "read"], _faulty.Calls);
    }

    [Fact]
    public async Task A_conditional_write_without_an_answer_is_cut_off_with_its_outcome_unknown()
    {
        Plan(Fault.Silence);
        var write = _store.WriteAsync("x", new byte[1], WriteCondition.IfAbsent, Cancel);
        await _faulty.Silent;
        _clock.Advance(StoragePipelines.TryTimeout);
        var e = await Assert.ThrowsAsync<StorageException>(() => PassAsync(write));
        Assert.Equal((StorageError.TimedOut, true, "x"), (e.Error, e.IsRetryable, e.Blob));
        Assert.Equal(["write"], _faulty.Calls);
    }

    [Fact]
    public async Task An_upload_may_last_as_long_as_it_moves_but_not_stand_still()
    {
        using var watch = new ProgressWatch(null, StoragePipelines.TryTimeout, _clock, Cancel);
        for (var i = 1; i <= 20; i++)
        {
            _clock.Advance(StoragePipelines.TryTimeout * 0.9);
            Assert.False(watch.Token.IsCancellationRequested);
            watch.Report(i);
        }

        _clock.Advance(StoragePipelines.TryTimeout);
        Assert.True(watch.Token.IsCancellationRequested);

        Plan(Fault.Silence);
        var upload = _store.WriteAsync("x", new MemoryStream([1]), WriteCondition.IfAbsent, null, Cancel);
        await _faulty.Silent;
        _clock.Advance(StoragePipelines.TryTimeout);
        Assert.Equal(StorageError.TimedOut, (await Assert.ThrowsAsync<StorageException>(() => PassAsync(upload))).Error);
    }

    [Fact]
    public async Task A_caller_that_cancels_is_not_answered_with_a_timeout()
    {
        using var cancelled = new CancellationTokenSource();
        Plan(Fault.Silence, Fault.Silence);
        var read = _store.ReadAsync("x", cancelled.Token);
        await _faulty.Silent;
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Equal(["read"], _faulty.Calls);
    }

    [Fact]
    public async Task After_many_failures_no_calls_are_made_until_the_pause_is_over()
    {
        var options = Options with { Retries = 1, BreakerThroughput = 4 };
        var store = new ResilientBlobStore(_faulty, options, _clock);
        Plan(Fault.Lost, Fault.Lost, Fault.Lost, Fault.Lost);
        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<StorageException>(() => PassAsync(store.ReadAsync("x", Cancel)));
        var e = await Assert.ThrowsAsync<StorageException>(
            () => PassAsync(store.WriteAsync("x", new byte[1], WriteCondition.IfAbsent, Cancel)));
        Assert.Equal((StorageError.Unavailable, true), (e.Error, e.IsRetryable));
        Assert.Equal(["read", "read", "read", "read"], _faulty.Calls);
        _clock.Advance(StoragePipelines.BreakerPause);
        Assert.Null(await PassAsync(store.ReadAsync("x", Cancel)));
        Assert.True((await PassAsync(store.WriteAsync("x", new byte[1], WriteCondition.IfAbsent, Cancel))).Written);
    }

    [Fact]
    public async Task Refusals_and_missing_blobs_do_not_open_the_breaker()
    {
        var store = new ResilientBlobStore(_faulty, Options with { BreakerThroughput = 2 }, _clock);
        Plan(Fault.Denied, Fault.Denied, Fault.Denied, Fault.Denied);
        for (var i = 0; i < 4; i++) await Assert.ThrowsAsync<StorageException>(() => PassAsync(store.ReadAsync("x", Cancel)));
        Assert.Null(await store.ReadAsync("x", Cancel));
    }
}
