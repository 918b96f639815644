namespace TsMapSurvey.Server;

/// <summary>
/// The table of a cluster's silos, with signs of life that are as old as it is since they were first seen here. Each silo writes them by its own clock: without this,
/// one that was killed while its clock was minutes ahead counts as alive for so long, and after a failure of all silos none could start before; one whose clock is
/// minutes behind counts as dead as soon as it has started. What is there when this silo starts is as old as its own clock says, so that it does not wait for
/// those that died long ago.
/// </summary>
internal sealed class SteadyMembership(IMembershipTable inner, TimeProvider time) : IMembershipTable
{
    private const string Inner = "of the clustering";

    private readonly Dictionary<SiloAddress, Sign> _signs = [];
    private readonly Lock _lock = new();
    private bool _hasReadAll;

    /// <summary>Puts itself before the table that a clustering has added.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var added = services.Last(service => service.ServiceType == typeof(IMembershipTable));
        services.Remove(added);
        // Under a key of its own it is made, and disposed of, as it would have been.
        services.Add(added.ImplementationFactory is { } factory
            ? ServiceDescriptor.KeyedSingleton(typeof(IMembershipTable), Inner, (provider, _) => factory(provider))
            : ServiceDescriptor.KeyedSingleton(typeof(IMembershipTable), Inner, added.ImplementationType!));
        services.AddSingleton<IMembershipTable>(provider =>
            new SteadyMembership(provider.GetRequiredKeyedService<IMembershipTable>(Inner), provider.GetRequiredService<TimeProvider>()));
    }

    public async Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken) => Steady(await inner.ReadAllAsync(cancellationToken), all: true);

    public async Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken) => Steady(await inner.ReadRowAsync(key, cancellationToken), all: false);

    public Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken) => inner.InitializeMembershipTableAsync(tryInitTableVersion, cancellationToken);

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken) => inner.DeleteMembershipTableEntriesAsync(clusterId, cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken) => inner.CleanupDefunctSiloEntriesAsync(beforeDate, cancellationToken);

    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken) => inner.InsertRowAsync(entry, tableVersion, cancellationToken);

    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken) =>
        inner.UpdateRowAsync(entry, etag, tableVersion, cancellationToken);

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken) => inner.UpdateIAmAliveAsync(entry, cancellationToken);

    Task<MembershipTableData> IMembershipTable.ReadAll() => ReadAllAsync(CancellationToken.None);

    Task<MembershipTableData> IMembershipTable.ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    Task IMembershipTable.InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    Task IMembershipTable.DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    Task IMembershipTable.CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    Task<bool> IMembershipTable.InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion, CancellationToken.None);

    Task<bool> IMembershipTable.UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    Task IMembershipTable.UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);

    private MembershipTableData Steady(MembershipTableData table, bool all)
    {
        var now = time.GetUtcNow().UtcDateTime;
        lock (_lock)
        {
            if (all)
                foreach (var gone in _signs.Keys.Except(table.Members.Select(member => member.Item1.SiloAddress)).ToList()) _signs.Remove(gone);
            foreach (var (entry, _) in table.Members)
            {
                var said = entry.IAmAliveTime > entry.StartTime ? entry.IAmAliveTime : entry.StartTime;
                if (!_signs.TryGetValue(entry.SiloAddress, out var sign) || sign.Said != said)
                    _signs[entry.SiloAddress] = sign = new Sign(said, time.GetTimestamp(), _hasReadAll || said > now ? TimeSpan.Zero : now - said);
                entry.IAmAliveTime = now - sign.AgeThen - time.GetElapsedTime(sign.SeenAt);
                if (entry.StartTime > entry.IAmAliveTime) entry.StartTime = entry.IAmAliveTime;
            }

            _hasReadAll |= all;
        }

        return table;
    }

    private readonly record struct Sign(DateTime Said, long SeenAt, TimeSpan AgeThen);
}
