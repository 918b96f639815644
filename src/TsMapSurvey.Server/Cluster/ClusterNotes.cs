using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Server.Cluster;

/// <summary>
/// Two clusters on one store lose nothing, but do all work twice and race for every commit. So each leaves a note in the store from time
/// to time, and a note of another cluster that is written anew while this one looks is told in the log, and in every survey's status for
/// as long as it is. A server without clustering tells of a cluster at once, by a note that is not older than the time between two.
/// </summary>
internal sealed partial class ClusterNotes(IBlobStore blobs, ClusterIdentity own, TimeProvider time, ILogger<ClusterNotes> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>A cluster that has been gone for so long is forgotten.</summary>
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(1);

    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<string> _warnings = [];

    /// <summary>The clusters that work on the store besides this one, in words.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    private string OwnName => StoreLayout.ClusterNote(own.Cluster, own.Clustering);

    /// <summary>Renews the own note, and looks at the others.</summary>
    /// <returns>The clusters that work on the store besides this one and were not told before.</returns>
    public async Task<IReadOnlyList<ClusterIdentity>> LookAsync(CancellationToken cancellationToken)
    {
        await blobs.WriteAsync(OwnName, new ClusterNote(own.Cluster, own.Clustering).Format(), WriteCondition.Always, cancellationToken);
        var (others, warnings) = (new List<ClusterIdentity>(), new List<string>());
        await foreach (var note in blobs.ListAsync(StoreLayout.Clusters, cancellationToken))
        {
            if (note.Name == OwnName) continue;
            var age = time.GetUtcNow() - note.LastModified;
            var isRecent = age < 2 * Pause;
            var isFirst = !_seen.TryGetValue(note.Name, out var before);
            _seen[note.Name] = note.ETag;
            var mayWork = isFirst ? isRecent && own.IsAlone : before != note.ETag || (isRecent && _told.Contains(note.Name));
            if (mayWork && await ReadAsync(note.Name, cancellationToken) is { } other && (!isFirst || !other.IsAlone))
            {
                if (_told.Add(note.Name)) others.Add(other);
                warnings.Add(Warning(other));
            }

            if (age > LongestKept) await blobs.DeleteAsync(note.Name, WriteCondition.IfMatch(note.ETag), cancellationToken);
        }

        _warnings = warnings;
        return others;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var other in await LookAsync(stoppingToken)) LogOther(Warning(other));
            }
            catch (StorageException bad)
            {
                LogNoLook(bad);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ClusterIdentity?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await blobs.ReadAsync(name, cancellationToken) is { } content && ClusterNote.Parse(content.Bytes.Span) is { } note
            ? new ClusterIdentity(note.Cluster, note.Clustering)
            : null;

    private string Warning(ClusterIdentity other) =>
        $"two clusters work on the store {blobs.Description}: {other.Cluster} by {other.Clustering} besides this one, {own.Cluster} by "
        + $"{own.Clustering}; nothing is lost, but all work is done twice: start every server with the same --clustering and --cluster-id";

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private partial void LogOther(string warning);

    [LoggerMessage(LogLevel.Information, "No look at who else works on the store")]
    private partial void LogNoLook(Exception bad);
}
