using System.Globalization;
using System.Text;

namespace TsMapSurvey.Storage.Tests.Directories;

[Trait("Pace", "slow")]
public sealed class DirectoryProcessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_that_count_in_one_blob_lose_no_increment()
    {
        using var folder = new TemporaryFolder();
        var store = BlobStores.Open(folder.Path);
        await store.WriteAsync("counter", "0"u8.ToArray(), WriteCondition.IfAbsent, Cancel);
        var children = Enumerable.Range(0, 3).Select(_ => ChildProcess.Start("count", folder.Path)).ToArray();
        foreach (var child in children)
        {
            await child.WaitForExitAsync(Cancel);
            Assert.Equal(0, child.ExitCode);
            child.Dispose();
        }

        Assert.Equal("75", Encoding.UTF8.GetString((await store.ReadAsync("counter", Cancel))!.Bytes.Span));
    }

    [Fact]
    public async Task A_writer_killed_at_any_moment_leaves_a_whole_blob_and_no_lock()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < 3; round++)
        {
            using var child = ChildProcess.Start("rewrite", folder.Path);
            var acknowledged = -1;
            for (var lines = 0; lines < 10 + round; lines++)
                acknowledged = int.Parse((await child.StandardOutput.ReadLineAsync(Cancel))!, CultureInfo.InvariantCulture);
            child.Kill();
            await child.WaitForExitAsync(Cancel);

            var store = BlobStores.Open(folder.Path);
            var found = await store.ReadAsync("blob", Cancel);
            Assert.Equal(1 << 20, found!.Bytes.Length);
            Assert.InRange(found.Bytes.Span[0], acknowledged, 255);
            Assert.Equal(-1, found.Bytes.Span.IndexOfAnyExcept(found.Bytes.Span[0]));
            Assert.True((await store.WriteAsync("blob", found.Bytes, WriteCondition.IfMatch(found.ETag), Cancel)).Written);
            var names = new List<string>();
            await foreach (var entry in store.ListAsync("", Cancel)) names.Add(entry.Name);
            Assert.Equal(["blob"], names);
        }
    }

    [Fact]
    public async Task Whatever_killed_writers_left_is_gone_with_the_first_write_of_the_next()
    {
        using var folder = new TemporaryFolder();
        var left = new List<string>();
        // It is killed when it was seen writing, as often as it takes: on a busy machine it may have finished by then.
        while (left.Count == 0)
        {
            using var child = ChildProcess.Start("rewrite", folder.Path);
            Assert.NotNull(await child.StandardOutput.ReadLineAsync(Cancel));
            while (!Unfinished(folder).Any() && !child.HasExited) Cancel.ThrowIfCancellationRequested();
            child.Kill();
            await child.WaitForExitAsync(Cancel);
            left.AddRange(Unfinished(folder));
        }

        await BlobStores.Open(folder.Path).WriteAsync("other", new byte[1], WriteCondition.Always, Cancel);
        Assert.Equal("owner", Path.GetFileName(Assert.Single(Files(folder))));
    }

    private static IEnumerable<string> Unfinished(TemporaryFolder folder) =>
        Files(folder).Where(file => Path.GetFileName(file) != "owner");

    private static string[] Files(TemporaryFolder folder) => Directory.GetFiles(
        folder.File(TsMapSurvey.Storage.Directories.DirectoryBlobStore.HiddenFolder, "new"), "*", SearchOption.AllDirectories);
}
