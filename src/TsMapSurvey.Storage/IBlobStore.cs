namespace TsMapSurvey.Storage;

/// <summary>
/// Named blobs with conditional writes: the one contract of directories and Azure containers. A write is atomic: readers see the old or
/// the new version, never a mix and never a part. Every method throws <see cref="StorageException"/> for what the store reports, at once
/// for a name that <see cref="BlobName"/> refuses, and <see cref="OperationCanceledException"/> when cancelled.
/// </summary>
public interface IBlobStore
{
    /// <summary>Where the blobs are, for messages; holds no secrets.</summary>
    string Description { get; }

    /// <summary>
    /// All blobs whose name starts with the prefix (any string, not only whole segments; "" for all), in ordinal order of their names.
    /// </summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// Those of <see cref="ListAsync"/> whose names are not before <paramref name="from"/>: what is before them costs as little as the
    /// store allows.
    /// </summary>
    IAsyncEnumerable<BlobEntry> ListFromAsync(string prefix, string from, CancellationToken cancellationToken) =>
        ListAsync(prefix, cancellationToken).Where(entry => string.CompareOrdinal(entry.Name, from) >= 0);

    /// <summary>
    /// Has the store tell by itself of what is written below a folder, until the result is disposed of. Only a hint: what other machines
    /// write may not be told, and what is told may be in the making, or gone. Null where the store does not tell.
    /// </summary>
    /// <param name="prefix">The folder, with the '/' at its end; it is made where it is missing.</param>
    /// <param name="hint">Called on any thread with a blob's name, or with null: something was missed, look at all.</param>
    IDisposable? Watch(string prefix, Action<string?> hint) => null;

    /// <summary>
    /// What earlier listings found below a prefix, or in its way, that is no blob and looks like one: in a folder, links, FIFOs,
    /// sockets and
    /// devices.
    /// </summary>
    IReadOnlyList<SkippedEntry> Skipped(string prefix) => [];

    /// <summary>
    /// Tries whether blobs can be written, and leaves nothing behind: throws Denied for a store that is read-only to us, and Full for
    /// one that takes
    /// no more data. A store that checks rights before it looks for a blob tells by refusing to delete one that is not there.
    /// </summary>
    Task CheckWritingAsync(CancellationToken cancellationToken) =>
        DeleteAsync("no-such-blob", WriteCondition.IfMatch("\"no-such-version\""), cancellationToken);

    /// <summary>Null where there is no such blob.</summary>
    Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// All of a blob up to <see cref="StorageOptions.MaxReadBytes"/> (more: TooLarge). Null where there is no such blob.
    /// </summary>
    Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// A seekable stream that fetches by range with read-ahead. It gives one version throughout, or throws Changed when that version is
    /// gone; with <paramref name="ifMatch"/>, opening anything but that version throws Changed. Null where there is no such blob.
    /// </summary>
    Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken);

    Task<WriteResult> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken);

    /// <summary>Writes the stream from its position to its end, in bounded memory.</summary>
    /// <param name="progress">Told the bytes sent so far; starts again when a try is repeated.</param>
    Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// True when a blob was deleted; false when there was none or it is another version. IfAbsent is no condition for a delete.
    /// </summary>
    Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken);
}
