namespace TsMapSurvey.Storage;

/// <summary>Blobs that are written once: whatever is already there under the name is as good as ours.</summary>
public static class ImmutableBlobs
{
    /// <summary>
    /// Makes the blob be there. A lost answer may have been a yes, and a no may have no reason: whatever is not a yes, a look tells what
    /// became of it. The look answered, so the store is reachable again and one more try is worth it.
    /// </summary>
    /// <param name="content">Seekable; from its position to its end.</param>
    public static async Task PutAsync(IBlobStore blobs, string name, Stream content, CancellationToken cancellationToken)
    {
        var start = content.Position;
        for (var lastTry = false; ; lastTry = true)
        {
            StorageException? lost = null;
            try
            {
                content.Position = start;
                var result = await blobs.WriteAsync(name, content, WriteCondition.IfAbsent, null, cancellationToken).ConfigureAwait(false);
                if (result.Written) return;
            }
            catch (StorageException e) when (e.IsRetryable)
            {
                lost = e;
            }

            if (await blobs.FindAsync(name, cancellationToken).ConfigureAwait(false) is not null) return;
            if (lastTry)
                throw lost ?? StorageErrors.Unavailable(blobs.Description, name, null, "it says that the blob is there, and finds none");
        }
    }

    public static async Task PutAsync(IBlobStore blobs, string name, byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        await PutAsync(blobs, name, stream, cancellationToken).ConfigureAwait(false);
    }
}
