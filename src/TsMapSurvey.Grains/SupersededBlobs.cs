using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains;

/// <summary>
/// Deletes published blobs that newer revisions have replaced, so that space is used for the newest revision only, not for every commit.
/// </summary>
internal static class SupersededBlobs
{
    /// <summary>Time for a client that was given a blob's name to open it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>The same on a full disk; a late client must request again.</summary>
    public static readonly TimeSpan ShortGrace = TimeSpan.FromMinutes(1);

    /// <summary>Publishes a blob in a folder. If the store is full, deletes superseded blobs and retries once.</summary>
    public static async Task<T> PublishAsync<T>(
        this PublishedFolder folder, IBlobStore blobs, DateTimeOffset now, Func<Task<T>> publish, CancellationToken cancellationToken)
    {
        try
        {
            return await publish();
        }
        catch (StorageException full) when (full.Error == StorageError.Full)
        {
            await folder.SweepAsync(blobs, now + Grace - ShortGrace, cancellationToken);
            return await publish();
        }
    }

    /// <summary>Deletes blobs that were superseded, or are of another window, for longer than <see cref="Grace"/>.</summary>
    public static async Task SweepAsync(
        this PublishedFolder folder, IBlobStore blobs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await SweepAsync(blobs, folder.Name, now, cancellationToken);
        if (!folder.IsOfWindow) return;
        try
        {
            var others = new List<string>();
            await foreach (var entry in blobs.ListAsync(folder.OfSlice, cancellationToken))
                if (!entry.Name.StartsWith(folder.Name, StringComparison.Ordinal) && entry.LastModified < now - Grace)
                    others.Add(entry.Name);
            foreach (var name in others) await blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken);
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
        }
    }

    /// <summary>
    /// Deletes blobs that were superseded more than <see cref="Grace"/> ago, in a folder whose blobs' names begin with their revision. A
    /// revision with fewer blobs than the one before supersedes nothing, since its writer may have died. Leftovers only cost space: after a
    /// failure the next sweep deletes them.
    /// </summary>
    public static async Task SweepAsync(IBlobStore blobs, string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var found = new SortedDictionary<long, List<BlobEntry>>();
            await foreach (var entry in blobs.ListAsync(folder, cancellationToken))
            {
                if (RevisionName.Find(entry.Name.AsSpan(folder.Length)) is not { } revision) continue;
                if (!found.TryGetValue(revision, out var entries)) found[revision] = entries = [];
                entries.Add(entry);
            }

            var revisions = found.Values.ToArray();
            for (var i = 0; i < revisions.Length; i++)
            {
                var (old, next) = (revisions[i], revisions.Skip(i + 1).FirstOrDefault(later => later.Count >= revisions[i].Count));
                if (next is null || next.Max(entry => entry.LastModified) > now - Grace) continue;
                foreach (var entry in old) await blobs.DeleteAsync(entry.Name, WriteCondition.Always, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
        }
    }
}
