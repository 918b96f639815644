using Microsoft.Extensions.Logging.Abstractions;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Tests;

public sealed class ClusterNotesTests
{
    [Fact]
    public async Task Another_cluster_that_works_on_the_store_is_named_once_and_one_that_is_gone_is_not()
    {
        using var folder = new TemporaryFolder();
        var store = BlobStores.Open(folder.Path);
        ClusterNotes Server(string cluster, string clustering) =>
            new(store, new ClusterIdentity(cluster, clustering), TimeProvider.System, NullLogger<ClusterNotes>.Instance);
        var (one, mate, other) = (Server("a", "redis at x"), Server("a", "redis at x"), Server("a", "redis at y"));
        await Server("gone", "localhost").CheckAsync(CancellationToken.None);

        Assert.Empty(await one.CheckAsync(CancellationToken.None));
        Assert.Empty(await mate.CheckAsync(CancellationToken.None));
        await other.CheckAsync(CancellationToken.None);
        Assert.Empty(await one.CheckAsync(CancellationToken.None));
        Assert.Equal([new ClusterIdentity("a", "redis at x")], await other.CheckAsync(CancellationToken.None));
        Assert.Equal([new ClusterIdentity("a", "redis at y")], await one.CheckAsync(CancellationToken.None));
        Assert.Empty(await one.CheckAsync(CancellationToken.None));
        Assert.Empty(await other.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_server_without_clustering_is_told_at_its_start_that_a_cluster_works_on_the_store()
    {
        using var folder = new TemporaryFolder();
        var store = BlobStores.Open(folder.Path);
        ClusterNotes Server(string cluster, string clustering) =>
            new(store, new ClusterIdentity(cluster, clustering), TimeProvider.System, NullLogger<ClusterNotes>.Instance);
        await Server("many", "redis at x").CheckAsync(CancellationToken.None);
        var alone = Server("one", "localhost");

        Assert.Equal([new ClusterIdentity("many", "redis at x")], await alone.CheckAsync(CancellationToken.None));
        Assert.Contains("many (redis at x) and this one, one (localhost", Assert.Single(alone.Warnings), StringComparison.Ordinal);
        Assert.Empty(await alone.CheckAsync(CancellationToken.None));
        Assert.Single(alone.Warnings);
        // A later server without clustering, as after a restart under another name, is not reported.
        var next = Server("two", "localhost");
        Assert.DoesNotContain(await next.CheckAsync(CancellationToken.None), other => other.Cluster == "one");
    }

    [Fact]
    public void Servers_of_one_store_are_one_cluster_and_those_of_two_are_two()
    {
        using var folder = new TemporaryFolder();
        var settings = new ServerSettings { Store = folder.File("a") };

        Assert.Equal(ClusterName.Of(settings), ClusterName.Of(settings with { Store = folder.File("b", "..", "a"), Clustering = "redis" }));
        Assert.NotEqual(ClusterName.Of(settings), ClusterName.Of(settings with { Store = folder.File("b") }));
        Assert.Equal("mine", ClusterName.Of(settings with { ClusterId = "mine" }));
    }

    [Fact]
    public void Budgets_of_memory_are_parts_of_what_there_is()
    {
        var (settings, all) = (new ServerSettings(), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

        Assert.True(all > 0);
        Assert.InRange(settings.StackBytes, MemoryShares.Min, long.Max(MemoryShares.Min, all / 4));
        Assert.InRange(settings.StackBytes + settings.ObservationBytes + settings.MosaicBytes
            + settings.CacheBytes, 4 * MemoryShares.Min, long.Max(4 * MemoryShares.Min, all * 5 / 8));
        Assert.Equal(1000, MemoryShares.Of(1, 1000 + MemoryShares.Min) - MemoryShares.Min);
    }
}
