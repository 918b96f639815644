namespace TsMapSurvey.Storage;

/// <summary>
/// Named blobs with conditional writes: the common contract of folders and Azure containers. A write is atomic: readers see either the old
/// or the new version, never a mixture or a part. Every method throws <see cref="StorageException"/> for failures of the store and, before
/// any access, for names that <see cref="BlobName"/> rejects; and <see cref="OperationCanceledException"/> when cancelled.
/// </summary>
public interface IBlobStore
{
    /// <summary>The store's location for messages, without secrets.</summary>
    string Description { get; }

    /// <summary>
    /// All blobs whose names start with the prefix, in ordinal order. The prefix may end within a segment; "" lists everything.
    /// </summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// Like <see cref="ListAsync"/>, but only names at or after <paramref name="from"/>. The store skips the others as cheaply as it can.
    /// </summary>
    IAsyncEnumerable<BlobEntry> ListFromAsync(string prefix, string from, CancellationToken cancellationToken) =>
        ListAsync(prefix, cancellationToken).Where(entry => string.CompareOrdinal(entry.Name, from) >= 0);

    /// <summary>
    /// Subscribes to notifications of writes below a folder, until the result is disposed. They are only hints: writes by other machines
    /// may be missed, and a named blob may be incomplete or deleted by the time of the call. Null if the store cannot notify.
    /// </summary>
    /// <param name="prefix">The folder, with a trailing '/'. It is created if missing.</param>
    /// <param name="hint">Called on any thread. After a hint without a name, list everything.</param>
    IDisposable? Watch(string prefix, Action<BlobHint> hint) => null;

    /// <summary>
    /// Entries at or below the prefix, or among its parent folders, that earlier listings skipped because they are not blobs: links,
    /// FIFOs, sockets and devices of a folder.
    /// </summary>
    IReadOnlyList<SkippedEntry> Skipped(string prefix) => [];

    /// <summary>
    /// Checks that blobs can be written, and leaves nothing behind. Throws Denied for a read-only store and Full if it accepts no more
    /// data. The default deletes a blob that does not exist, for stores that check permissions before existence.
    /// </summary>
    Task CheckWritingAsync(CancellationToken cancellationToken) =>
        DeleteAsync("no-such-blob", WriteCondition.IfMatch("\"no-such-version\""), cancellationToken);

    /// <summary>Null if there is no such blob.</summary>
    Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a blob of up to <see cref="StorageOptions.MaxReadBytes"/>; a larger one throws TooLarge. Null if there is no such blob.
    /// </summary>
    Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// A seekable stream that reads ranges with read-ahead. All its bytes are of one version; when that is gone, reading throws Changed.
    /// With <paramref name="ifMatch"/>, opening another version throws Changed. Null if there is no such blob.
    /// </summary>
    Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken);

    Task<WriteResult> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken);

    /// <summary>Writes the stream from its position to its end, in bounded memory.</summary>
    /// <param name="progress">Receives the bytes sent so far; starts again from 0 when an attempt is repeated.</param>
    Task<WriteResult> WriteAsync(
            string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// True if a blob was deleted; false if there was none or it was another version. IfAbsent is not a valid condition.
    /// </summary>
    Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken);
}
