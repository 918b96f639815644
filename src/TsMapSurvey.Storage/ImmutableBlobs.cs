namespace TsMapSurvey.Storage;

/// <summary>Blobs that are written once: whatever is already there under the name is as good as ours.</summary>
internal static class ImmutableBlobs
{
    /// <summary>
    /// Makes the blob be there. When a try's answer is lost, a look tells what became of it; the look answered, so the store is reachable
    /// again and one more try is worth it.
    /// </summary>
    public static async Task PutAsync(IBlobStore blobs, string name, Stream content, CancellationToken cancellationToken)
    {
        var start = content.Position;
        for (var lastTry = false; ; lastTry = true)
        {
            try
            {
                content.Position = start;
                await blobs.WriteAsync(name, content, WriteCondition.IfAbsent, null, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (StorageException e) when (e.IsRetryable)
            {
                if (await blobs.FindAsync(name, cancellationToken).ConfigureAwait(false) is not null) return;
                if (lastTry) throw;
            }
        }
    }
}
