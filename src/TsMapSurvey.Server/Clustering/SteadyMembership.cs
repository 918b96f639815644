namespace TsMapSurvey.Server;

/// <summary>
/// The table of a cluster's silos, with signs of life that are no younger than the time since they were first seen here. Each silo writes them by its own clock:
/// without this, one that was killed while its clock was minutes ahead counts as alive for so long, and after a failure of all silos none could start before.
/// </summary>
internal sealed partial class SteadyMembership(IMembershipTable inner, TimeSpan longestSilence, TimeProvider time, ILogger<SteadyMembership> logger) : IMembershipTable
{
    private const string Inner = "of the clustering";

    private readonly Dictionary<SiloAddress, Sign> _signs = [];
    private readonly Lock _lock = new();

    /// <summary>Puts itself before the table that a clustering has added.</summary>
    public static void AddTo(IServiceCollection services, ServerSettings settings)
    {
        var added = services.Last(service => service.ServiceType == typeof(IMembershipTable));
        services.Remove(added);
        // Under a key of its own it is made, and disposed of, as it would have been.
        services.Add(added.ImplementationFactory is { } factory
            ? ServiceDescriptor.KeyedSingleton(typeof(IMembershipTable), Inner, (provider, _) => factory(provider))
            : ServiceDescriptor.KeyedSingleton(typeof(IMembershipTable), Inner, added.ImplementationType!));
        services.AddSingleton<IMembershipTable>(provider => new SteadyMembership(
            provider.GetRequiredKeyedService<IMembershipTable>(Inner), SiloIdentity.LongestSilence(settings),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SteadyMembership>>()));
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
                if (!_signs.TryGetValue(entry.SiloAddress, out var sign) || sign.Said != entry.IAmAliveTime)
                {
                    if (sign.SeenAt == 0 && entry.Status != SiloStatus.Dead && entry.IAmAliveTime - now > longestSilence)
                        LogAhead(entry.SiloAddress.ToString(), entry.SiloName, entry.IAmAliveTime - now, longestSilence);
                    _signs[entry.SiloAddress] = sign = new Sign(entry.IAmAliveTime, time.GetTimestamp());
                }

                var youngest = now - time.GetElapsedTime(sign.SeenAt);
                if (entry.IAmAliveTime > youngest) entry.IAmAliveTime = youngest;
                // Whoever has given no sign of life yet counts from its start.
                if (entry.StartTime > youngest) entry.StartTime = youngest;
            }
        }

        return table;
    }

    [LoggerMessage(LogLevel.Warning, "The clock of {Silo} ({Name}) is {Ahead} ahead of this machine's: where clocks of a cluster differ by more than {Limit}, silos that are behind are given up")]
    private partial void LogAhead(string silo, string name, TimeSpan ahead, TimeSpan limit);

    private readonly record struct Sign(DateTime Said, long SeenAt);
}
