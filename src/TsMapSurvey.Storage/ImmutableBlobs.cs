namespace TsMapSurvey.Storage;

/// <summary>Blobs that are written once. An existing blob of the name counts as written.</summary>
public static class ImmutableBlobs
{
    /// <summary>
    /// Ensures that the blob exists. A write without an answer may have succeeded, and "it exists already" may be wrong; so after either,
    /// the store is asked whether the blob exists. If it does not, the write is tried once more, since the store answered and is
    /// reachable.
    /// </summary>
    /// <param name="content">Seekable; read from its position to its end.</param>
    public static async Task PutAsync(IBlobStore blobs, string name, Stream content, CancellationToken cancellationToken)
    {
        var start = content.Position;
        for (var lastTry = false; ; lastTry = true)
        {
            StorageException? failure = null;
            try
            {
                content.Position = start;
                var result = await blobs.WriteAsync(name, content, WriteCondition.IfAbsent, null, cancellationToken).ConfigureAwait(false);
                if (result.Written) return;
            }
            catch (StorageException exception) when (exception.IsRetryable)
            {
                failure = exception;
            }

            if (await blobs.FindAsync(name, cancellationToken).ConfigureAwait(false) is not null) return;
            if (lastTry)
                throw failure ?? StorageErrors.Unavailable(blobs.Description, name, null, "it reported an existing blob, then none");
        }
    }

    public static async Task PutAsync(IBlobStore blobs, string name, byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        await PutAsync(blobs, name, stream, cancellationToken).ConfigureAwait(false);
    }
}
