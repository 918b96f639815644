using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server;

/// <summary>
/// Two clusters on one store lose nothing, but do all work twice and race for every commit. So each leaves a note in the store from time to time, and
/// a note of another cluster that is written anew while this one looks is told in the log.
/// </summary>
internal sealed partial class ClusterNotes(IBlobStore blobs, ClusterIdentity own, TimeProvider time, ILogger<ClusterNotes> logger) : BackgroundService
{
    private const string Folder = "clusters/";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>A cluster that has been gone for so long is forgotten.</summary>
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(1);

    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private string OwnName => $"{Folder}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{own.Cluster}\n{own.Clustering}")))[..16]}.json";

    /// <summary>Renews the own note, and looks at the others.</summary>
    /// <returns>The clusters that work on the store besides this one and were not told before.</returns>
    public async Task<IReadOnlyList<ClusterIdentity>> LookAsync(CancellationToken cancellationToken)
    {
        await blobs.WriteAsync(OwnName, JsonSerializer.SerializeToUtf8Bytes(own), WriteCondition.Always, cancellationToken);
        var others = new List<ClusterIdentity>();
        await foreach (var note in blobs.ListAsync(Folder, cancellationToken))
        {
            if (note.Name == OwnName) continue;
            var isRenewed = _seen.TryGetValue(note.Name, out var before) && before != note.ETag;
            _seen[note.Name] = note.ETag;
            if (isRenewed && !_told.Contains(note.Name) && await ReadAsync(note.Name, cancellationToken) is { } other)
            {
                _told.Add(note.Name);
                others.Add(other);
            }

            if (time.GetUtcNow() - note.LastModified > LongestKept) await blobs.DeleteAsync(note.Name, WriteCondition.IfMatch(note.ETag), cancellationToken);
        }

        return others;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var other in await LookAsync(stoppingToken)) LogOther(blobs.Description, other.Cluster, other.Clustering, own.Cluster, own.Clustering);
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

    private async Task<ClusterIdentity?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.ReadAsync(name, cancellationToken) is { } content ? JsonSerializer.Deserialize<ClusterIdentity>(content.Bytes.Span) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Two clusters work on the store {Store}: {Other} by {OtherClustering} besides this one, {Own} by {OwnClustering}; nothing is lost, but all work is done twice")]
    private partial void LogOther(string store, string other, string otherClustering, string own, string ownClustering);

    [LoggerMessage(LogLevel.Information, "No look at who else works on the store")]
    private partial void LogNoLook(Exception bad);
}
