namespace TsMapSurvey.Storage;

/// <summary>Small blobs that change. Each write replaces the version that the writer knows.</summary>
public static class MutableBlobs
{
    /// <summary>
    /// Replaces a blob, or creates it if none is expected. After a write without an answer the blob is read instead of written again: if
    /// it has our bytes, the write succeeded.
    /// </summary>
    /// <returns>The ETag written; null if another writer was faster or deleted the blob.</returns>
    /// <exception cref="StorageException">The outcome is unknown.</exception>
    public static async Task<string?> ReplaceAsync(
        IBlobStore blobs, string name, byte[] content, string? expectedETag, CancellationToken cancellationToken)
    {
        try
        {
            var condition = expectedETag is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(expectedETag);
            return (await blobs.WriteAsync(name, content, condition, cancellationToken).ConfigureAwait(false)).ETag;
        }
        catch (StorageException e) when (e.IsRetryable)
        {
            var found = await blobs.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            if (found is not null && found.Bytes.Span.SequenceEqual(content)) return found.ETag;
            throw;
        }
    }
}
