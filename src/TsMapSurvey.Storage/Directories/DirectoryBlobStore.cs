using System.Runtime.CompilerServices;

namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Blobs as the files of a folder, which several processes may share. A write is a temporary file, flushed, that is renamed over the blob
/// under a lock; readers take no lock, since an open file stays the version that it was. Files that other programs put there are blobs too.
/// A blob cannot be both a file and a folder of others; hidden files are not blobs.
/// </summary>
internal sealed partial class DirectoryBlobStore : IBlobStore
{
    internal const string HiddenFolder = ".tsmap";
    private readonly string _root;
    private readonly StorageOptions _options;
    private readonly DirectoryLocks _locks;
    private readonly TemporaryFiles _temporary;
    private readonly FolderFlushes _flushes;

    public DirectoryBlobStore(string root, StorageOptions options, TimeProvider time, DiskFlush? disk = null)
    {
        _root = Path.GetFullPath(root);
        _options = options;
        _locks = new DirectoryLocks(Path.Combine(_root, HiddenFolder, "locks"), time);
        _temporary = new TemporaryFiles(Path.Combine(_root, HiddenFolder, "new"), time, disk ?? DiskFlush.OfTheSystem);
        _flushes = new FolderFlushes(disk ?? DiskFlush.OfTheSystem);
    }

    public string Description => _root;

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) => ListFromAsync(prefix, "", cancellationToken);

    public async IAsyncEnumerable<BlobEntry> ListFromAsync(string prefix, string from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobName.CheckPrefix(prefix);
        await Task.CompletedTask.ConfigureAwait(false);
        using var entries = DirectoryListing.Of(_root, prefix, from).GetEnumerator();
        while (Guard(prefix, () => entries.MoveNext(), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entries.Current;
        }
    }

    public IDisposable? Watch(string prefix, Action<string?> hint)
    {
        var folder = Path.Combine(_root, prefix);
        return Guard(prefix, () =>
        {
            DurableFolder.Create(folder, _root);
            return new FolderWatch(_root, folder, hint);
        }, CancellationToken.None);
    }

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return Task.FromResult(Guard(name, () => DirectoryListing.Entry(new FileInfo(path), name), cancellationToken));
    }

    public async Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        using var file = Guard(name, () => OpenedFile.TryOpen(path), cancellationToken);
        if (file is null) return null;
        if (file.Length > _options.MaxReadBytes) throw StorageException.TooLarge(Description, name, file.Length, _options.MaxReadBytes);
        var bytes = new byte[file.Length];
        for (var read = 0; read < bytes.Length;)
            read += await ReadRangeAsync(file, name, read, bytes.AsMemory(read), cancellationToken).ConfigureAwait(false);
        return new BlobContent(bytes, file.ETag);
    }

    public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        var file = Guard(name, () => OpenedFile.TryOpen(path), cancellationToken);
        if (file is null) return Task.FromResult<Stream?>(null);
        if (ifMatch is not null && ifMatch != file.ETag)
        {
            file.Dispose();
            throw StorageException.Changed(Description, name, ifMatch, file.ETag);
        }

        return Task.FromResult<Stream?>(new RangeStream(file.Length, _options.ReadAheadBytes,
            (offset, destination, token) => ReadRangeAsync(file, name, offset, destination, token), file));
    }

    // A blob that we replace stays as it was in an open handle; what another program writes in place would mix versions.
    private async ValueTask<int> ReadRangeAsync(OpenedFile file, string name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            var read = await RandomAccess.ReadAsync(file.Handle, destination, offset, cancellationToken).ConfigureAwait(false);
            var now = file.CurrentETag();
            return now == file.ETag ? read : throw StorageException.Changed(Description, name, file.ETag, now);
        }
        catch (Exception e) when (StorageFaults.From(e, Description, name, cancellationToken) is { } fault && fault != e)
        {
            throw fault;
        }
    }

    private string PathOf(string name)
    {
        BlobName.Check(name);
        var path = name.Replace('/', Path.DirectorySeparatorChar);
        if (name.AsSpan().ContainsAny(ForbiddenHere)) throw StorageException.InvalidName(name, "this file system forbids one of its characters");
        return Path.Combine(_root, path);
    }

    private static readonly System.Buffers.SearchValues<char> ForbiddenHere =
        System.Buffers.SearchValues.Create([.. Path.GetInvalidFileNameChars().Where(c => c != '/')]);

    private T Guard<T>(string name, Func<T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return call();
        }
        catch (Exception e) when (StorageFaults.From(e, Description, name, cancellationToken) is { } fault && fault != e)
        {
            throw fault;
        }
    }
}
