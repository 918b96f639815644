using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Server.Cluster;

/// <summary>
/// Detects two clusters on one store. They lose no data, but do all work twice and conflict on every commit. Each cluster regularly writes
/// a note to the store. A note of another cluster that changes between two checks is logged once, and reported in every survey's status
/// while it keeps changing. A server without clustering reports a clustered one at once if its note is recent.
/// </summary>
internal sealed partial class ClusterNotes(IBlobStore blobs, ClusterIdentity own, TimeProvider time, ILogger<ClusterNotes> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Older notes are deleted.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    private string OwnName => StoreLayout.ClusterNote(own.Cluster, own.Clustering);

    /// <summary>Updates this cluster's note and checks the others.</summary>
    /// <returns>Other clusters that use the store and were not returned before.</returns>
    public async Task<IReadOnlyList<ClusterIdentity>> CheckAsync(CancellationToken cancellationToken)
    {
        await blobs.WriteAsync(OwnName, new ClusterNote(own.Cluster, own.Clustering).Format(), WriteCondition.Always, cancellationToken);
        var (others, warnings) = (new List<ClusterIdentity>(), new List<string>());
        await foreach (var note in blobs.ListAsync(StoreLayout.Clusters, cancellationToken))
        {
            if (note.Name == OwnName) continue;
            var age = time.GetUtcNow() - note.LastModified;
            var isRecent = age < 2 * Interval;
            var isFirst = !_seen.TryGetValue(note.Name, out var before);
            _seen[note.Name] = note.ETag;
            var mayWork = isFirst ? isRecent && own.IsAlone : before != note.ETag || (isRecent && _reported.Contains(note.Name));
            if (mayWork && await ReadAsync(note.Name, cancellationToken) is { } other && (!isFirst || !other.IsAlone))
            {
                if (_reported.Add(note.Name)) others.Add(other);
                warnings.Add(Warning(other));
            }

            if (age > MaxAge) await blobs.DeleteAsync(note.Name, WriteCondition.IfMatch(note.ETag), cancellationToken);
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
                foreach (var other in await CheckAsync(stoppingToken)) LogOther(Warning(other));
            }
            catch (StorageException exception)
            {
                LogCheckFailed(exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ClusterIdentity?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await blobs.ReadAsync(name, cancellationToken) is { } content && ClusterNote.Parse(content.Bytes.Span) is { } note
            ? new ClusterIdentity(note.Cluster, note.Clustering)
            : null;

    private string Warning(ClusterIdentity other) =>
        $"two clusters use the store {blobs.Description}: {other.Cluster} ({other.Clustering}) and this one, {own.Cluster} "
        + $"({own.Clustering}); no data are lost, but all work is done twice: start every server with the same --clustering and "
        + "--cluster-id";

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private partial void LogOther(string warning);

    [LoggerMessage(LogLevel.Information, "Could not check whether another cluster uses the store")]
    private partial void LogCheckFailed(Exception exception);
}
