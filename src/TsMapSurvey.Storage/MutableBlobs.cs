namespace TsMapSurvey.Storage;

/// <summary>Small blobs that change, each version written over the one that its writer knows.</summary>
public static class MutableBlobs
{
    /// <summary>
    /// Replaces a blob, or makes it where none is expected. A write whose answer was lost is looked for, never repeated: what is there
    /// with our bytes is ours.
    /// </summary>
    /// <returns>The ETag of what was written; null where another writer was faster, or has deleted the blob.</returns>
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
            var there = await blobs.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            if (there is not null && there.Bytes.Span.SequenceEqual(content)) return there.ETag;
            throw;
        }
    }
}
