using System.Diagnostics;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>One damage, done to a copy of the store; a test class for each of the two moments lets both run at the same time.</summary>
internal static class DamagedStore
{
    /// <summary>Requests that are being answered get 20 seconds; nothing else may hold up the end.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(45);

    public static async Task AssertHeldAsync(Damage damage, bool isInUse)
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        StoreTemplate.CopyTo(store);
        var blob = isInUse ? null : damage.Do(store);
        using var server = new HostileServer(store, damage.IsOfOther ? SmallSky.Definitions[..1] : SmallSky.Definitions);
        if (isInUse)
        {
            await StoreTemplate.Right.AssertServedAsync(server, token);
            blob = damage.Do(store);
        }

        await StoreTemplate.Right.AssertServedAsync(server, token, damage.IsOfOther);
        if (damage.Check is { } check) await check(server, token);
        await StoreTemplate.Right.AssertStatusAsync(server, token);
        await server.AssertWellAsync(token);
        if (blob is not null && damage.IsTold) await server.UntilSaidAsync(blob, token);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, server.Served.Stop());
        Assert.True(watch.Elapsed < LongestEnd, $"the end took {watch.Elapsed}");
    }
}

/// <summary>A server that starts on a damaged store.</summary>
public sealed class DamageAtRestTests
{
    internal static readonly Dictionary<string, Damage> Table = DerivedDamages.AtRest.Concat(StateDamages.AtRest)
        .ToDictionary(damage => damage.Name);

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_damaged_store_is_served_rightly_again(string damage) => DamagedStore.AssertHeldAsync(Table[damage], isInUse: false);

    [Fact]
    public void The_tables_have_twenty_five_damages() =>
        Assert.True(Table.Count + DamageInUseTests.Table.Count >= 25, $"{Table.Count} and {DamageInUseTests.Table.Count}");
}

/// <summary>A store that is damaged under a server.</summary>
public sealed class DamageInUseTests
{
    internal static readonly Dictionary<string, Damage> Table = DerivedDamages.InUse.Concat(StateDamages.InUse).Concat(FolderDamages.InUse)
        .ToDictionary(damage => damage.Name);

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_damage_in_use_is_never_served_as_right(string damage) => DamagedStore.AssertHeldAsync(Table[damage], isInUse: true);
}
