using System.Diagnostics;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>A server that starts on a damaged store.</summary>
public sealed class DamageAtRestTests
{
    private static readonly Dictionary<string, DamageGroup> Table = DerivedDamages.AtRest.Concat(StateDamages.AtRest)
        .ToDictionary(group => group.Name);

    public static TheoryData<string> Names => [.. Table.Keys];

    internal static IEnumerable<Damage> Damages => Table.Values.SelectMany(group => group.Damages);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_damaged_store_is_served_rightly_again(string damages)
    {
        var (group, token) = (Table[damages], TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        StoreTemplate.CopyTo(store);
        var named = group.Damages.Select(damage => (Damage: damage, Blob: damage.Do(store))).ToArray();
        using var server = new HostileServer(store, group.IsOfOther ? SmallSky.Definitions[..1] : SmallSky.Definitions);
        await StoreTemplate.Right.AssertServedAsync(server, token, group.IsOfOther);
        foreach (var damage in group.Damages)
            if (damage.Check is { } check) await check(server, token);
        await StoreTemplate.Right.AssertStatusAsync(server, token);
        await server.AssertWellAsync(token);
        foreach (var (damage, blob) in named)
            if (blob is not null && damage.IsTold) await server.UntilSaidAsync(blob, token);
        DamagedServer.AssertEnds(server);
    }

    [Fact]
    public void The_tables_have_fifty_damages_and_each_is_there_once()
    {
        string[] names = [.. Damages.Concat(DamageInUseTests.Damages).Select(damage => damage.Name)];
        Assert.True(names.Length >= 50, $"{names.Length}");
        Assert.Equal(names.Distinct(), names);
    }
}

/// <summary>A store that is damaged under a server, one damage after the other: each is repaired, or taken away, before the next.</summary>
public sealed class DamageInUseTests(DamageInUseTests.Target target) : IClassFixture<DamageInUseTests.Target>
{
    private static readonly Dictionary<string, Damage> Table = Damages.ToDictionary(damage => damage.Name);

    public static TheoryData<string> Names => [.. Table.Keys];

    internal static IEnumerable<Damage> Damages => [.. DerivedDamages.InUse, .. StateDamages.InUse, .. FolderDamages.InUse];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_damage_in_use_is_never_served_as_right(string damage)
    {
        var (done, server, token) = (Table[damage], target.Server, TestContext.Current.CancellationToken);
        server.ForgetPeak();
        await StoreTemplate.Right.AssertServedAsync(server, token);
        var blob = done.Do(server.Served.Store);
        try
        {
            await StoreTemplate.Right.AssertServedAsync(server, token);
            if (done.Check is { } check) await check(server, token);
            await StoreTemplate.Right.AssertStatusAsync(server, token);
            await server.AssertWellAsync(token);
            if (blob is not null && done.IsTold) await server.UntilSaidAsync(blob, token);
        }
        finally
        {
            done.Undo?.Invoke(server.Served.Store);
        }
    }

    /// <summary>A server with two surveys of four stacked observations, which has to end as it should after all damages.</summary>
    public sealed class Target : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Target()
        {
            var store = _folder.File("store");
            StoreTemplate.CopyTo(store);
            Server = new HostileServer(store, SmallSky.Definitions);
        }

        internal HostileServer Server { get; }

        public void Dispose()
        {
            using (_folder)
            using (Server)
                DamagedServer.AssertEnds(Server);
        }
    }
}

internal static class DamagedServer
{
    /// <summary>Requests that are being answered get 20 seconds; nothing else may hold up the end.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(45);

    public static void AssertEnds(HostileServer server)
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, server.Served.Stop());
        Assert.True(watch.Elapsed < LongestEnd, $"the end took {watch.Elapsed}");
    }
}
