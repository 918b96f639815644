using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains;

/// <summary>
/// Published blobs that newer revisions have replaced: what is derived of a survey takes room for the newest of each, not for every
/// commit.
/// </summary>
internal static class SupersededBlobs
{
    /// <summary>Whoever was given a blob's name has opened it by then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>On a full disk: who is late asks again.</summary>
    public static readonly TimeSpan ShortGrace = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Publishes something in a folder. Where the store is full, what newer revisions have replaced is deleted, and it is tried once more.
    /// </summary>
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

    /// <summary>
    /// Deletes what newer revisions have replaced, and what is of another window, each when nobody can be about to open it any more.
    /// </summary>
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
    /// Deletes what was replaced more than <see cref="Grace"/> ago in a folder whose blobs' names begin with their revision. A revision
    /// with fewer blobs than the one before it replaces nothing: its writer may have been killed. What is left over costs room and no
    /// more, so a failure waits for the next time.
    /// </summary>
    public static async Task SweepAsync(IBlobStore blobs, string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var found = new SortedDictionary<long, List<BlobEntry>>();
            await foreach (var entry in blobs.ListAsync(folder, cancellationToken))
            {
                if (RevisionName.Find(entry.Name.AsSpan(folder.Length)) is not { } revision) continue;
                if (!found.TryGetValue(revision, out var beside)) found[revision] = beside = [];
                beside.Add(entry);
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
