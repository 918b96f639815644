namespace TsMapSurvey.Cluster.Tests;

public sealed class PostgresClusterTests
{
    [Fact]
    public async Task Silos_that_start_together_in_an_empty_database_are_one_cluster_and_one_that_ends_hands_over()
    {
        var postgres = await PostgresServer.NeedAsync();
        using var cluster = new TestCluster("postgres", postgres.NewDatabase(), Simulated.DozenFolder);
        var files = Simulated.Dozen()[..4];
        await cluster.StartAsync(2);
        cluster.Put(files[..2]);
        cluster.AssertAlike(files[..2], "counts");

        using var old = Assert.Single(cluster.Silos, silo => TestCluster.Intake(silo) == 1);
        cluster.Silos.Remove(old);
        Assert.True(old.Stop() == 0, old.Said);
        cluster.Put(files[2..]);
        await cluster.UntilStoredAsync(() => StoredCommits.InState(cluster.Store, "Stacked") == files.Length);
        cluster.AssertAlike(files, "counts");
        cluster.AssertStacked(files);
    }
}
