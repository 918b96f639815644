using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace TsMapSurvey.Server.Tests;

public sealed class SteadyMembershipTests
{
    private static readonly SiloAddress Ahead = SiloAddress.New(IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress Right = SiloAddress.New(IPAddress.Loopback, 2, 1);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Table _table = new();

    [Fact]
    public async Task A_sign_of_life_from_the_future_is_as_old_as_it_is_since_it_was_seen()
    {
        var steady = new SteadyMembership(_table, TimeSpan.FromSeconds(30), _time, NullLogger<SteadyMembership>.Instance);
        var start = _time.GetUtcNow().UtcDateTime;
        _table.Said[Ahead] = start.AddMinutes(10);
        _table.Said[Right] = start.AddSeconds(-3);

        Assert.Equal((start, start.AddSeconds(-3)), await SeenAsync(steady));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((start, start.AddSeconds(-3)), await SeenAsync(steady));

        // One that lives gives the next one.
        _table.Said[Ahead] = start.AddMinutes(11);
        _table.Said[Right] = start.AddSeconds(17);
        Assert.Equal((start.AddSeconds(20), start.AddSeconds(17)), await SeenAsync(steady));

        // One that is gone and comes back is new.
        _table.Said.Remove(Ahead);
        _time.Advance(TimeSpan.FromSeconds(20));
        await steady.ReadAllAsync(CancellationToken.None);
        _table.Said[Ahead] = start.AddMinutes(11);
        Assert.Equal(start.AddSeconds(40), (await SeenAsync(steady)).Ahead);
    }

    /// <summary>Both silos' signs of life; a start is never younger than they are.</summary>
    private static async Task<(DateTime Ahead, DateTime Right)> SeenAsync(SteadyMembership steady)
    {
        var seen = await steady.ReadAllAsync(CancellationToken.None);
        Assert.All(seen.Members, member => Assert.True(member.Item1.StartTime <= member.Item1.IAmAliveTime));
        var row = await steady.ReadRowAsync(Ahead, CancellationToken.None);
        Assert.Equal(seen.TryGet(Ahead)!.Item1.IAmAliveTime, row.TryGet(Ahead)!.Item1.IAmAliveTime);
        return (seen.TryGet(Ahead)!.Item1.IAmAliveTime, seen.TryGet(Right)!.Item1.IAmAliveTime);
    }

    private sealed class Table : IMembershipTable
    {
        public Dictionary<SiloAddress, DateTime> Said { get; } = [];

        public Task<MembershipTableData> ReadAll() => Task.FromResult(new MembershipTableData([.. Said.Keys.Select(Member)], new TableVersion(1, "1")));

        public Task<MembershipTableData> ReadRow(SiloAddress key) => Task.FromResult(new MembershipTableData(Member(key), new TableVersion(1, "1")));

        public Task InitializeMembershipTable(bool tryInitTableVersion) => throw new NotSupportedException();

        public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

        public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();

        public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => throw new NotSupportedException();

        public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => throw new NotSupportedException();

        public Task UpdateIAmAlive(MembershipEntry entry) => throw new NotSupportedException();

        private Tuple<MembershipEntry, string> Member(SiloAddress silo) =>
            Tuple.Create(new MembershipEntry { SiloAddress = silo, Status = SiloStatus.Active, IAmAliveTime = Said[silo], StartTime = Said[silo] }, "1");
    }
}
