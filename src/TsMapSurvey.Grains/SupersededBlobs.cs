using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>Published blobs that newer revisions have replaced: what is derived of a survey takes room for the newest of each, not for every commit.</summary>
internal static class SupersededBlobs
{
    /// <summary>Whoever was given a blob's name has opened it by then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>On a full disk: who is late asks again.</summary>
    public static readonly TimeSpan ShortGrace = TimeSpan.FromMinutes(1);

    private const int Digits = 10;

    /// <summary>
    /// Deletes what was replaced more than <see cref="Grace"/> ago in a folder whose blobs' names begin with their revision in ten digits. A revision
    /// with fewer blobs than the one before it replaces nothing: its writer may have been killed. What is left over costs room and no more, so a
    /// failure waits for the next time.
    /// </summary>
    public static async Task SweepAsync(IBlobStore blobs, string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var found = new List<BlobEntry>();
            await foreach (var entry in blobs.ListAsync(folder, cancellationToken))
                if (IsRevision(entry.Name.AsSpan(folder.Length))) found.Add(entry);
            var revisions = found.GroupBy(entry => entry.Name.Substring(folder.Length, Digits), StringComparer.Ordinal).OrderBy(revision => revision.Key, StringComparer.Ordinal).Select(revision => revision.ToArray()).ToArray();
            for (var i = 0; i < revisions.Length; i++)
            {
                var (old, next) = (revisions[i], revisions.Skip(i + 1).FirstOrDefault(later => later.Length >= revisions[i].Length));
                if (next is null || next.Max(entry => entry.LastModified) > now - Grace) continue;
                foreach (var entry in old) await blobs.DeleteAsync(entry.Name, WriteCondition.Always, cancellationToken);
            }
        }
        catch (Exception bad) when (bad is StorageException or OperationCanceledException)
        {
        }
    }

    private static bool IsRevision(ReadOnlySpan<char> file) => file.Length > Digits && file[Digits] == '.' && !file[..Digits].ContainsAnyExceptInRange('0', '9');
}
