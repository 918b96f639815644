using System.Globalization;
using static TsMapSurvey.Storage.Tests.Contract.StoreUnderTest;

namespace TsMapSurvey.Storage.Tests.Contract;

public abstract partial class BlobStoreContract
{
    [Fact]
    public async Task Every_write_changes_the_etag_even_with_the_same_content()
    {
        var seen = new HashSet<string?>();
        for (var i = 0; i < 20; i++) Assert.True(seen.Add((await WriteAsync("same", "same")).ETag));
        await Store.DeleteAsync("same", WriteCondition.Always, Cancel);
        Assert.True(seen.Add((await WriteAsync("same", "same")).ETag));
    }

    [Fact]
    public async Task A_write_whose_condition_does_not_hold_changes_nothing()
    {
        var first = await Store.WriteAsync("x", Bytes("1"), WriteCondition.IfAbsent, Cancel);
        Assert.True(first.Written);
        Assert.Equal(new WriteResult(false, null), await Other.WriteAsync("x", Bytes("2"), WriteCondition.IfAbsent, Cancel));
        var second = await Other.WriteAsync("x", Bytes("3"), WriteCondition.IfMatch(first.ETag!), Cancel);
        Assert.True(second.Written);
        Assert.False((await Store.WriteAsync("x", Bytes("4"), WriteCondition.IfMatch(first.ETag!), Cancel)).Written);
        Assert.False(
            (await Store.WriteAsync("x", new MemoryStream(Bytes("4")), WriteCondition.IfMatch(first.ETag!), null, Cancel)).Written);
        Assert.False((await Store.WriteAsync("y", Bytes("4"), WriteCondition.IfMatch(first.ETag!), Cancel)).Written);
        Assert.Equal("3", Text(await Store.ReadAsync("x", Cancel)));
        Assert.Equal(["x"], await NamesAsync(""));
    }

    [Fact]
    public async Task A_delete_takes_only_the_version_it_names()
    {
        var first = await WriteAsync("x", "1");
        var second = await WriteAsync("x", "2");
        Assert.False(await Store.DeleteAsync("x", WriteCondition.IfMatch(first.ETag!), Cancel));
        Assert.Equal("2", Text(await Store.ReadAsync("x", Cancel)));
        Assert.True(await Other.DeleteAsync("x", WriteCondition.IfMatch(second.ETag!), Cancel));
        Assert.Null(await Store.FindAsync("x", Cancel));
        Assert.False(await Store.DeleteAsync("x", WriteCondition.IfMatch(second.ETag!), Cancel));
    }

    [Fact]
    public async Task Of_many_that_create_a_blob_exactly_one_wins_and_its_content_is_there()
    {
        for (var round = 0; round < 5; round++)
        {
            var name = $"race/{round}";
            var results = await AllAtOnceAsync(8, i =>
                (i % 2 == 0 ? Store : Other).WriteAsync(name, Bytes($"{i}"), WriteCondition.IfAbsent, Cancel));
            var winner = Assert.Single(Enumerable.Range(0, 8), i => results[i].Written);
            var content = await Store.ReadAsync(name, Cancel);
            Assert.Equal(($"{winner}", results[winner].ETag), (Text(content), content!.ETag));
        }
    }

    [Fact]
    public async Task A_counter_kept_by_etags_loses_no_increment()
    {
        await WriteAsync("counter", "0");
        await AllAtOnceAsync(4, async i =>
        {
            var store = i % 2 == 0 ? Store : Other;
            for (var done = 0; done < 10;)
            {
                var now = await store.ReadAsync("counter", Cancel);
                var next = int.Parse(Text(now), CultureInfo.InvariantCulture) + 1;
                if ((await store.WriteAsync("counter", Bytes($"{next}"), WriteCondition.IfMatch(now!.ETag), Cancel)).Written) done++;
            }

            return i;
        });
        Assert.Equal("40", Text(await Store.ReadAsync("counter", Cancel)));
    }

    private static Task<T[]> AllAtOnceAsync<T>(int count, Func<int, Task<T>> call)
    {
        using var barrier = new Barrier(count);
        var tasks = Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(() =>
        {
            barrier.SignalAndWait(Cancel);
            return call(i).GetAwaiter().GetResult();
        }, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(tasks, Cancel);
        return Task.WhenAll(tasks);
    }
}
