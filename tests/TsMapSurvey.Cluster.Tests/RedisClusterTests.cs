
namespace TsMapSurvey.Cluster.Tests;

public sealed class RedisClusterTests
{
    [Fact]
    public async Task Silos_answer_alike_and_a_rolling_restart_loses_and_doubles_nothing()
    {
        var redis = await RedisServer.NeedAsync();
        using var cluster = new TestCluster("redis", redis.Connection, Simulated.DozenFolder);
        var files = Simulated.Dozen();
        await cluster.StartAsync(3);
        var listening = cluster.Silos.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var heard = Task.WhenAll(cluster.Silos.Zip(listening, TestCluster.HearAsync));
        await Task.WhenAny(heard, Task.WhenAll(listening.Select(one => one.Task)));
        cluster.Put(files[..6]);
        await heard;
        cluster.AssertAlike(files[..6], "sqrt_ts", "counts");

        var streaming = Task.Run(() => cluster.Put(files[6..]), TestContext.Current.CancellationToken);
        for (var round = 0; round < 3; round++)
        {
            await cluster.StartAsync(1);
            using var old = cluster.Silos[0];
            cluster.Silos.RemoveAt(0);
            Assert.True(old.Stop() == 0, old.Said);
            Assert.Equal(0, TestCluster.Intake(old));
            // Whoever asks the others notices nothing.
            foreach (var silo in cluster.Silos) silo.Get("/status");
        }

        await streaming;
        cluster.AssertAlike(files, "counts");
        cluster.AssertStacked(files);
    }

    [Fact]
    public async Task When_a_silo_is_killed_the_others_take_up_its_work_unasked_and_nothing_is_lost_or_doubled()
    {
        var redis = await RedisServer.NeedAsync();
        using var cluster = new TestCluster("redis", redis.Connection, Simulated.DozenFolder);
        var files = Simulated.Dozen();
        await cluster.StartAsync(3);
        cluster.Put(files[..3]);
        await cluster.UntilStoredAsync(() => StoredCommits.InState(cluster.Store, "Stacked") == 3);
        var before = StoredCommits.Count(cluster.Store);
        var putting = Task.Run(() => cluster.Put(files[3..]), TestContext.Current.CancellationToken);
        await cluster.UntilStoredAsync(() => StoredCommits.Count(cluster.Store) > before);
        using var doomed = Assert.Single(cluster.Silos, silo => TestCluster.Intake(silo) == 1);
        doomed.Kill();
        cluster.Silos.Remove(doomed);

        // The survey's own grain or some tile may have been there, and is asked for before the cluster knows: the answer comes all the
        // same.
        foreach (var silo in cluster.Silos) silo.Get("/tiles");
        await putting;
        await cluster.UntilStoredAsync(() => StoredCommits.InState(cluster.Store, "Stacked") == files.Length);
        cluster.AssertAlike(files, "counts");
        cluster.AssertStacked(files);
    }

    [Fact]
    public async Task Silos_whose_clocks_are_minutes_apart_are_one_cluster_and_what_a_dead_one_said_of_the_time_holds_up_nobody()
    {
        TurnedClock.Need();
        var redis = await RedisServer.NeedAsync();
        using var cluster = new TestCluster("redis", redis.Connection, Simulated.DozenFolder, "TSMAP_Clustering__ProbeTimeout=00:00:02");
        var files = Simulated.Dozen()[..8];
        int[] ports = [WatchedServer.FreePort(), WatchedServer.FreePort()];
        cluster.StartAhead(400, ports[0]);
        cluster.StartAhead(-400, ports[1]);
        await cluster.StartAsync(1);
        cluster.Put(files[..3]);
        cluster.AssertAlike(files[..3], "counts");
        Assert.Contains("clock is 400 s ahead", cluster.Silos[0].Said, StringComparison.Ordinal);
        Assert.Contains("clock is -400 s ahead", cluster.Silos[1].Said, StringComparison.Ordinal);

        // Clocks jump under silos that run: these look at the file once a second.
        TurnedClock.Turn(cluster.ClockOf(ports[0]), -200);
        TurnedClock.Turn(cluster.ClockOf(ports[1]), 400);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        cluster.Put(files[3..6]);
        cluster.AssertAlike(files[..6], "counts");

        foreach (var silo in cluster.Silos)
        {
            silo.Kill();
            silo.Dispose();
        }

        cluster.Silos.Clear();
        // At the address of one that began ahead: by the machines' clocks that one began later, and would be the one that lives.
        cluster.StartAhead(-400, ports[0]);
        cluster.Put(files[6..]);
        cluster.AssertAlike(files, "counts");
        cluster.AssertStacked(files);
    }
}
