using TsMapSurvey.Storage;

namespace TsMapSurvey.Chaos.Tests;

/// <summary>The proxy does what its faults are called.</summary>
public sealed class FaultyStorageTests : IAsyncDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
    private readonly string _container = Azurite.NewName();
    private FaultyStorage? _proxy;

    [Theory]
    [InlineData(StorageFault.Reset, false)]
    [InlineData(StorageFault.Refused, false)]
    [InlineData(StorageFault.LostAnswer, true)]
    [InlineData(StorageFault.FalseAnswer, true)]
    public async Task A_write_whose_answer_is_a_fault_is_there_or_is_not(StorageFault fault, bool isThere)
    {
        var (through, direct) = await OpenAsync(fault);
        var failure = await Assert.ThrowsAsync<StorageException>(
            () => through.WriteAsync("b", Content, WriteCondition.IfAbsent, TestContext.Current.CancellationToken));
        Assert.True(failure.IsRetryable);
        Assert.Equal(isThere, await direct.FindAsync("b", TestContext.Current.CancellationToken) is not null);
    }

    [Fact]
    public async Task A_mismatch_strikes_only_writes_with_a_condition_and_they_are_not_there()
    {
        var (through, direct) = await OpenAsync(StorageFault.Mismatch);
        Assert.False((await through.WriteAsync("b", Content, WriteCondition.IfAbsent, TestContext.Current.CancellationToken)).Written);
        Assert.Null(await direct.FindAsync("b", TestContext.Current.CancellationToken));
        Assert.True((await through.WriteAsync("b", Content, WriteCondition.Always, TestContext.Current.CancellationToken)).Written);
        Assert.Equal(Content, (await through.ReadAsync("b", TestContext.Current.CancellationToken))!.Bytes);
    }

    [Theory]
    [InlineData(StorageFault.Slow)]
    [InlineData(StorageFault.Drops)]
    public async Task What_is_only_slow_arrives_whole(StorageFault fault)
    {
        var (through, direct) = await OpenAsync(fault);
        await direct.WriteAsync("b", Content, WriteCondition.Always, TestContext.Current.CancellationToken);
        Assert.Equal(Content, (await through.ReadAsync("b", TestContext.Current.CancellationToken))!.Bytes);
        Assert.True(_proxy!.Weather.Struck > 0);
    }

    [Fact]
    public async Task A_cut_body_ends_before_its_length()
    {
        var (_, direct) = await OpenAsync(StorageFault.CutBody);
        await direct.WriteAsync("b", Content, WriteCondition.Always, TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        await Assert.ThrowsAnyAsync<Exception>(
            () => http.GetByteArrayAsync(new Uri($"{_proxy!.Doors[0]}/{_container}/b"), TestContext.Current.CancellationToken));
        Assert.Equal(1, _proxy!.Weather.Struck);
    }

    [Fact]
    public async Task A_late_write_comes_after_one_that_was_sent_later()
    {
        var (through, direct) = await OpenAsync(StorageFault.LateWrite);
        var late = through.WriteAsync("b", Content, WriteCondition.Always, TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => _proxy!.Weather.HeldBack == 1, TimeSpan.FromMinutes(1)));
        _proxy!.Weather.Calm();
        await through.WriteAsync("b", Content.AsMemory(1), WriteCondition.Always, TestContext.Current.CancellationToken);
        Assert.Equal(Content.Length - 1, (await direct.FindAsync("b", TestContext.Current.CancellationToken))!.Length);
        await late;
        Assert.Equal(Content.Length, (await direct.FindAsync("b", TestContext.Current.CancellationToken))!.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Conditions_hold_unless_they_are_taken_off(bool takesConditions)
    {
        var (through, _) = await OpenAsync(StorageFault.None, takesConditions);
        await through.WriteAsync("b", Content, WriteCondition.Always, TestContext.Current.CancellationToken);
        Assert.Equal(takesConditions,
            (await through.WriteAsync("b", Content, WriteCondition.IfAbsent, TestContext.Current.CancellationToken)).Written);
        Assert.Equal(takesConditions,
            (await through.WriteAsync("b", Content, WriteCondition.IfMatch("0x1"), TestContext.Current.CancellationToken)).Written);
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null) await _proxy.DisposeAsync();
    }

    /// <summary>The store through the proxy, where the fault strikes everything, and past it.</summary>
    private async Task<(IBlobStore Through, IBlobStore Direct)> OpenAsync(StorageFault fault, bool takesConditions = false)
    {
        var azurite = await Azurite.NeedAsync();
        _proxy = await FaultyStorage.StartAsync(azurite, 1);
        var direct = BlobStores.Open($"{azurite.BlobUrl}/{_container}");
        await direct.WriteAsync("first", Content, WriteCondition.Always, TestContext.Current.CancellationToken);
        _proxy.Weather = new Weather(1) { TakesConditions = takesConditions };
        if (fault != StorageFault.None) _proxy.Weather.Begin(new Spell(0, fault, 1, 1, null, false));
        return (BlobStores.Open($"{_proxy.Doors[0]}/{_container}"), direct);
    }
}
