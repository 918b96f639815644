using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Cluster.Tests;

/// <summary>Orleans' own providers on the tables and queries of ours: what a cluster does rarely, too.</summary>
public sealed class PostgresSchemaTests
{
    private static readonly DateTime Began = new(2026, 5, 1, 12, 0, 0, 123, DateTimeKind.Utc);

    [Fact]
    public async Task Whoever_read_an_old_version_of_the_membership_does_not_write()
    {
        using var host = await HostAsync();
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        var empty = await table.ReadAllAsync(CancellationToken.None);
        Assert.Empty(empty.Members);
        var (one, other) = (Entry(1001), Entry(1002));

        Assert.True(await table.InsertRowAsync(one, empty.Version.Next(), CancellationToken.None));
        Assert.False(await table.InsertRowAsync(other, empty.Version.Next(), CancellationToken.None));
        var first = await table.ReadAllAsync(CancellationToken.None);
        Assert.Equal(empty.Version.Version + 1, first.Version.Version);
        Assert.False(await table.InsertRowAsync(one, first.Version.Next(), CancellationToken.None));
        Assert.Equal(first.Version.Version, (await table.ReadAllAsync(CancellationToken.None)).Version.Version);
        Assert.True(await table.InsertRowAsync(other, first.Version.Next(), CancellationToken.None));

        var both = await table.ReadAllAsync(CancellationToken.None);
        Assert.Equal(2, both.Members.Count);
        one.Status = SiloStatus.Dead;
        one.SuspectTimes = [Tuple.Create(other.SiloAddress, Began)];
        Assert.False(await table.UpdateRowAsync(one, first.Version.VersionEtag, first.Version.Next(), CancellationToken.None));
        Assert.True(await table.UpdateRowAsync(one, both.Version.VersionEtag, both.Version.Next(), CancellationToken.None));
        var read = Assert.Single((await table.ReadRowAsync(one.SiloAddress, CancellationToken.None)).Members).Item1;
        Assert.Equal((SiloStatus.Dead, Began, one.SiloName, one.ProxyPort), (read.Status, read.StartTime, read.SiloName, read.ProxyPort));
        Assert.Equal(Tuple.Create(other.SiloAddress, Began), Assert.Single(read.SuspectTimes!));
        Assert.Empty((await table.ReadRowAsync(Entry(1003).SiloAddress, CancellationToken.None)).Members);
    }

    [Fact]
    public async Task Signs_of_life_are_kept_and_rows_of_the_dead_are_cleared_away()
    {
        using var host = await HostAsync();
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        var (dead, alive) = (Entry(1), Entry(2));
        dead.Status = SiloStatus.Dead;
        foreach (var entry in new[] { dead, alive }) Assert.True(
            await table.InsertRowAsync(entry, (await table.ReadAllAsync(CancellationToken.None)).Version.Next(), CancellationToken.None));
        alive.IAmAliveTime = Began.AddMinutes(1);
        await table.UpdateIAmAliveAsync(alive, CancellationToken.None);
        await table.CleanupDefunctSiloEntriesAsync(Began.AddSeconds(-1), CancellationToken.None);
        Assert.Equal(2, (await table.ReadAllAsync(CancellationToken.None)).Members.Count);

        await table.CleanupDefunctSiloEntriesAsync(Began.AddHours(1), CancellationToken.None);

        Assert.Equal(alive.IAmAliveTime, Assert.Single((await table.ReadAllAsync(CancellationToken.None)).Members).Item1.IAmAliveTime);
        await table.DeleteMembershipTableEntriesAsync(
            host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Orleans.Configuration.ClusterOptions>>().Value.ClusterId,
            CancellationToken.None);
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        Assert.Empty((await table.ReadAllAsync(CancellationToken.None)).Members);
    }

    [Fact]
    public async Task Every_range_of_the_circle_has_its_reminders_and_a_reminder_goes_by_its_version()
    {
        using var host = await HostAsync();
        var table = host.Services.GetRequiredService<IReminderTable>();
        await table.StartAsync(CancellationToken.None);
        var grains = Enumerable.Range(0, 40).Select(i => GrainId.Create("some", $"grain{i}")).ToArray();
        foreach (var grain in grains) await table.UpsertRow(Reminder(grain, TimeSpan.FromMinutes(1)));

        uint[] bounds =
            [0, uint.MaxValue, int.MaxValue, 1u << 31, .. new Random(3).GetItems(grains, 4).Select(grain => grain.GetUniformHashCode())];
        foreach (var (begin, end) in bounds.SelectMany(begin => bounds.Select(end => (begin, end))))
        {
            var expected = grains.Where(grain => begin < end ? grain.GetUniformHashCode() > begin && grain.GetUniformHashCode() <= end
                : grain.GetUniformHashCode() > begin || grain.GetUniformHashCode() <= end);
            Assert.Equal(expected.Order(), (await table.ReadRows(begin, end)).Reminders.Select(reminder => reminder.GrainId).Order());
        }

        var first = (await table.ReadRow(grains[0], "look"))!;
        Assert.Equal((Began, TimeSpan.FromMinutes(1)), (first.StartAt, first.Period));
        var second = (await table.UpsertRow(Reminder(grains[0], TimeSpan.FromDays(40))))!;
        Assert.NotEqual(first.ETag, second);
        Assert.Equal(TimeSpan.FromDays(40), Assert.Single((await table.ReadRows(grains[0])).Reminders).Period);
        Assert.False(await table.RemoveRow(grains[0], "look", first.ETag!));
        Assert.True(await table.RemoveRow(grains[0], "look", second));
        Assert.Null(await table.ReadRow(grains[0], "look"));
        await table.TestOnlyClearTable();
        Assert.Empty((await table.ReadRows(0, 0)).Reminders);
    }

    [Fact]
    public async Task Tables_are_made_once_whoever_comes_first_and_afterwards_a_role_that_may_only_use_them_will_do()
    {
        var postgres = await PostgresServer.NeedAsync();
        var connection = new NpgsqlConnectionStringBuilder(postgres.NewDatabase()) { SearchPath = PostgresSchema.Name };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresSchema.PrepareAsync(connection, CancellationToken.None)));
        await using (var source = NpgsqlDataSource.Create(connection))
        {
            Assert.Equal(17L, await source.CreateCommand("SELECT count(*) FROM OrleansQuery")
                .ExecuteScalarAsync(TestContext.Current.CancellationToken));
            await source.CreateCommand(
                $"CREATE ROLE worker LOGIN; GRANT USAGE ON SCHEMA {PostgresSchema.Name} TO worker; GRANT SELECT, INSERT, UPDATE, DELETE "
                + $"ON ALL TABLES IN SCHEMA {PostgresSchema.Name} TO worker")
                .ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await PostgresSchema.PrepareAsync(
            new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Username = "worker" }, CancellationToken.None);
    }

    private static async Task<IHost> HostAsync()
    {
        var settings = new ServerSettings
        {
            Clustering = ServerSettings.Postgres,
            ClusterConnection = (await PostgresServer.NeedAsync()).NewDatabase(),
            ClusterId = "schema",
            SiloAddress = "127.0.0.1",
        };
        var link = await ClusterLink.OpenAsync(settings, CancellationToken.None);
        // Built and never started: its tables are asked directly.
        return new HostBuilder().UseOrleans(silo => link.AddTo(silo, settings)).Build();
    }

    private static MembershipEntry Entry(int port) => new()
    {
        SiloAddress = SiloAddress.FromParsableString($"127.0.0.1:{port}@17"),
        SiloName = $"silo{port}",
        HostName = "host",
        Status = SiloStatus.Active,
        ProxyPort = port + 1,
        StartTime = Began,
        IAmAliveTime = Began,
    };

    private static ReminderEntry Reminder(GrainId grain, TimeSpan period) =>
        new() { GrainId = grain, ReminderName = "look", StartAt = Began, Period = period };
}
