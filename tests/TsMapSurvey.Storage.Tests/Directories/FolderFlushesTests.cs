using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

public sealed class FolderFlushesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_who_come_at_a_time_are_all_served_and_nothing_of_a_folder_stays_behind()
    {
        using var folder = new TemporaryFolder();
        using var disk = new WatchedDisk();
        var flushes = new FolderFlushes(disk);
        async Task FlushAsync(string name)
        {
            var before = disk.Begun(name);
            await flushes.FlushAsync(name);
            Assert.True(disk.Begun(name) > before, "it ended without a flush that began after the call");
        }

        for (var round = 0; round < 20; round++)
            await Task.WhenAll(
                Enumerable.Range(0, 50).Select(i => Task.Run(() => FlushAsync(folder.File(i % 2 == 0 ? "." : "gone")), Cancel)));
        // A single caller starts its own flush instead of waiting for one that never starts.
        var all = disk.Begun(folder.File("."));
        await flushes.FlushAsync(folder.File(".")).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal(all + 1, disk.Begun(folder.File(".")));
    }

    [Fact]
    public async Task Who_comes_during_a_flush_waits_for_the_next_one_and_shares_it()
    {
        using var folder = new TemporaryFolder();
        using var disk = new WatchedDisk();
        var flushes = new FolderFlushes(disk);
        disk.Hold();
        var tasks = Enumerable.Range(0, 1000).Select(_ => flushes.FlushAsync(folder.File("."))).ToArray();
        disk.LetGo();
        await Task.WhenAll(tasks);
        Assert.Equal(2, disk.Begun(folder.File(".")));
        Assert.NotSame(tasks[0], tasks[1]);
        Assert.All(tasks[1..], task => Assert.Same(tasks[1], task));
    }

    [Fact]
    public async Task A_folder_is_not_held_up_by_another_one()
    {
        using var folder = new TemporaryFolder();
        using var disk = new WatchedDisk();
        var flushes = new FolderFlushes(disk);
        disk.Hold();
        var (one, other) = (flushes.FlushAsync(folder.File("one")), flushes.FlushAsync(folder.File("other")));
        Assert.NotSame(one, other);
        disk.LetGo();
        await Task.WhenAll(one, other);
        Assert.Equal((1, 1), (disk.Begun(folder.File("one")), disk.Begun(folder.File("other"))));
    }
}
