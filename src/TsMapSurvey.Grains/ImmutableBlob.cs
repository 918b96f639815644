using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>Blobs that are written once: what is there already is as good as ours.</summary>
internal static class ImmutableBlob
{
    public static async Task PutAsync(IBlobStore blobs, string name, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await blobs.WriteAsync(name, content, WriteCondition.IfAbsent, null, cancellationToken);
        }
        catch (StorageException bad) when (bad.IsRetryable)
        {
            // The answer is lost, not always the blob.
            if (await blobs.FindAsync(name, cancellationToken) is null) throw;
        }
    }

    public static async Task PutAsync(IBlobStore blobs, string name, byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        await PutAsync(blobs, name, stream, cancellationToken);
    }
}
