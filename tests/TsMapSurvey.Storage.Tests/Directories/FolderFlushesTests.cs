using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

public sealed class FolderFlushesTests
{
    [Fact]
    public async Task Many_who_come_at_a_time_are_all_served_and_nothing_of_a_folder_stays_behind()
    {
        using var folder = new TemporaryFolder();
        var flushes = new FolderFlushes();
        for (var round = 0; round < 20; round++)
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => flushes.FlushAsync(folder.File(i % 2 == 0 ? "." : "gone")))));
        // One who comes alone begins a flush of its own: no one waits for a flush that nobody starts.
        await flushes.FlushAsync(folder.File(".")).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_comes_during_a_flush_waits_for_the_next_one_and_shares_it()
    {
        using var folder = new TemporaryFolder();
        var flushes = new FolderFlushes();
        var tasks = Enumerable.Range(0, 1000).Select(_ => flushes.FlushAsync(folder.File("."))).ToArray();
        await Task.WhenAll(tasks);
        Assert.True(tasks.Distinct().Count() < tasks.Length, "a thousand calls at once flushed a thousand times");
        Assert.NotSame(tasks[0], tasks[^1]);
    }
}
