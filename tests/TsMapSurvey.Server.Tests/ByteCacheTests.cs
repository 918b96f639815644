using TsMapSurvey.Server.Published;

namespace TsMapSurvey.Server.Tests;

public sealed class ByteCacheTests
{
    [Fact]
    public async Task Callers_at_the_same_time_share_one_making()
    {
        var cache = new ByteCache(100);
        var (made, gate) = (0, new TaskCompletionSource());
        async Task<string> Make()
        {
            Interlocked.Increment(ref made);
            await gate.Task;
            return "x";
        }

        var first = cache.GetAsync("a", Make, _ => 1, CancellationToken.None);
        using var gone = new CancellationTokenSource();
        var second = cache.GetAsync("a", Make, _ => 1, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();

        Assert.Equal("x", await first);
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task No_more_bytes_are_kept_than_allowed_and_the_longest_unused_goes_first()
    {
        var cache = new ByteCache(100);
        var made = new List<string>();
        Task<string> GetAsync(string name) => cache.GetAsync(name, () => Task.FromResult(Note(name)), _ => 40, CancellationToken.None);
        string Note(string name)
        {
            made.Add(name);
            return name;
        }

        foreach (var name in new[] { "a", "b", "a", "c", "a", "b" }) await GetAsync(name);

        Assert.Equal(["a", "b", "c", "b"], made);
        Assert.Equal(80, cache.Bytes);
    }

    [Fact]
    public async Task A_large_value_sends_away_as_many_small_ones_as_it_needs_room()
    {
        var cache = new ByteCache(100);
        var made = new List<string>();
        Task<string> GetAsync(string name, long bytes) =>
            cache.GetAsync(name, () => { made.Add(name); return Task.FromResult(name); }, _ => bytes, CancellationToken.None);
        foreach (var name in new[] { "a", "b", "c", "d" }) await GetAsync(name, 25);
        Assert.Equal(100, cache.Bytes);

        await GetAsync("large", 60);
        Assert.Equal(85, cache.Bytes);
        await GetAsync("d", 25);
        await GetAsync("large", 60);
        Assert.Equal(["a", "b", "c", "d", "large"], made);

        // A value larger than the limit is returned but not kept.
        Assert.Equal("huge", await GetAsync("huge", 101));
        Assert.Equal(0, cache.Bytes);
        await GetAsync("a", 25);
        Assert.Equal(25, cache.Bytes);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        var cache = new ByteCache(100);
        await Assert.ThrowsAsync<IOException>(
            () => cache.GetAsync<string>("a", () => throw new IOException("no"), _ => 1, CancellationToken.None));

        Assert.Equal("x", await cache.GetAsync("a", () => Task.FromResult("x"), _ => 1, CancellationToken.None));
    }
}
