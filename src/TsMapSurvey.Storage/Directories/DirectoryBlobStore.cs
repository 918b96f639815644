using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Blobs as files of a folder that several processes may share. A write fills and flushes a temporary file and renames it over the blob
/// under a lock. Readers take no lock, since an open file keeps its version. Files written by other programs are blobs too. A name cannot
/// be both a blob and a folder of blobs. Hidden files, links, FIFOs, sockets and devices are not blobs; the store's folder itself may be a
/// link.
/// </summary>
internal sealed partial class DirectoryBlobStore : IBlobStore
{
    internal const string HiddenFolder = ".tsmap";
    private const int PageLength = 256;
    private readonly string _root;
    private readonly StorageOptions _options;
    private readonly DirectoryLocks _locks;
    private readonly TemporaryFiles _temporary;
    private readonly FolderFlushes _flushes;
    private readonly FolderWatches _watches;
    private readonly DiskReserve _reserve;
    private readonly SkippedEntries _skipped;

    public DirectoryBlobStore(string root, StorageOptions options, TimeProvider time, Disk? disk = null, ILoggerFactory? loggers = null)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        disk ??= Disk.Default;
        _options = options;
        _locks = new DirectoryLocks(Path.Combine(_root, HiddenFolder, "locks"), time);
        _temporary = new TemporaryFiles(Path.Combine(_root, HiddenFolder, "new"), time, disk);
        _flushes = new FolderFlushes(disk);
        _reserve = new DiskReserve(_root, disk);
        _watches = new FolderWatches((prefix, hint) => FolderWatch.Open(_root, FolderOf(prefix), hint));
        _skipped = new SkippedEntries(_root, (loggers ?? NullLoggerFactory.Instance).CreateLogger<SkippedEntries>());
    }

    public string Description => _root;

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        ListFromAsync(prefix, "", cancellationToken);

    public async IAsyncEnumerable<BlobEntry> ListFromAsync(
        string prefix, string from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobName.CheckPrefix(prefix);
        using var entries = new DirectoryListing(_root, prefix, from, _skipped, cancellationToken).Entries().GetEnumerator();
        var page = new List<BlobEntry>();
        for (var isMore = true; isMore;)
        {
            page.Clear();
            isMore = await GuardAsync(prefix, () => Task.FromResult(Fill(page, entries)), cancellationToken).ConfigureAwait(false);
            foreach (var entry in page) yield return entry;
        }
    }

    public IReadOnlyList<SkippedEntry> Skipped(string prefix) => _skipped.Of(prefix);

    private static bool Fill(List<BlobEntry> page, IEnumerator<BlobEntry> entries)
    {
        while (page.Count < PageLength)
        {
            if (!entries.MoveNext()) return false;
            page.Add(entries.Current);
        }

        return true;
    }

    public IDisposable? Watch(string prefix, Action<BlobHint> hint) => Guard(prefix, () =>
    {
        DurableFolder.Create(FolderOf(prefix), _root);
        return _watches.Add(prefix, hint);
    }, CancellationToken.None);

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return Task.FromResult(Guard(name, () => Entry(path, name), cancellationToken));
    }

    public async Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        using var file = Guard(name, () => Open(path, name), cancellationToken);
        if (file is null) return null;
        if (file.Length > _options.MaxReadBytes) throw StorageErrors.TooLarge(Description, name, file.Length, _options.MaxReadBytes);
        var bytes = new byte[file.Length];
        for (var read = 0; read < bytes.Length;)
            read += await ReadRangeAsync(file, name, read, bytes.AsMemory(read), cancellationToken).ConfigureAwait(false);
        return new BlobContent(bytes, file.ETag);
    }

    public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        var file = Guard(name, () => Open(path, name), cancellationToken);
        if (file is null) return Task.FromResult<Stream?>(null);
        if (ifMatch is not null && ifMatch != file.ETag)
        {
            file.Dispose();
            throw StorageErrors.Changed(Description, name, ifMatch, file.ETag);
        }

        return Task.FromResult<Stream?>(new RangeStream(file.Length, _options.ReadAheadBytes,
            (offset, destination, token) => ReadRangeAsync(file, name, offset, destination, token), file));
    }

    // Our writes replace a file, so an open handle keeps its version. Other programs may write in place, which would mix versions.
    private async ValueTask<int> ReadRangeAsync(
        OpenedFile file, string name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            var read = await RandomAccess.ReadAsync(file.Handle, destination, offset, cancellationToken).ConfigureAwait(false);
            var now = file.CurrentETag();
            return now == file.ETag ? read : throw StorageErrors.Changed(Description, name, file.ETag, now);
        }
        catch (Exception e) when (StorageErrors.From(e, Description, name, cancellationToken) is { } fault && fault != e)
        {
            throw fault;
        }
    }

    private BlobEntry? Entry(string path, string name) =>
        EntryKinds.LinkAbove(_root, name) is null ? DirectoryListing.Entry(path, name) : null;

    private OpenedFile? Open(string path, string name) => EntryKinds.LinkAbove(_root, name) is null ? OpenedFile.TryOpen(path) : null;

    private string FolderOf(string prefix) => Path.TrimEndingDirectorySeparator(Path.Combine(_root, prefix));

    private string PathOf(string name)
    {
        BlobName.Check(name);
        var path = name.Replace('/', Path.DirectorySeparatorChar);
        if (name.AsSpan().ContainsAny(ForbiddenCharacters))
            throw StorageErrors.InvalidName(name, "this file system does not allow one of its characters");
        return Path.Combine(_root, path);
    }

    private static readonly System.Buffers.SearchValues<char> ForbiddenCharacters =
        System.Buffers.SearchValues.Create([.. Path.GetInvalidFileNameChars().Where(c => c != '/')]);

    private T Guard<T>(string name, Func<T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return call();
        }
        catch (Exception e) when (StorageErrors.From(e, Description, name, cancellationToken) is { } fault && fault != e)
        {
            throw fault;
        }
    }
}
