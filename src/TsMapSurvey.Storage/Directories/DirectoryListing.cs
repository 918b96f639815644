using System.IO.Enumeration;

namespace TsMapSurvey.Storage.Directories;

/// <summary>
/// Lists the regular files below a folder as blobs in ordinal order of their names, holding one folder at a time in memory. Links, FIFOs,
/// sockets and devices are skipped: following a link could list a file many times or one outside the store, and opening a FIFO can block
/// forever.
/// </summary>
internal sealed class DirectoryListing(string root, string prefix, string from, SkippedEntries skipped, CancellationToken cancellationToken)
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = default, IgnoreInaccessible = false };
    private readonly HashSet<string> _skippedNow = new(StringComparer.Ordinal);

    /// <summary>Names at or after <c>from</c>. A file's metadata are read only when it is yielded.</summary>
    public IEnumerable<BlobEntry> Entries()
    {
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        if (EntryKinds.LinkAbove(root, folder) is { } link) Skip(link, EntryKind.Link);
        else
            foreach (var entry in Below(Path.Combine(root, folder), folder)) yield return entry;
        if (from.Length == 0) skipped.Keep(prefix, _skippedNow);
    }

    /// <summary>Null if the file is gone or is not a regular file.</summary>
    public static BlobEntry? Entry(string path, string name) => EntryKinds.Of(path) == EntryKind.File ? OfFile(path, name) : null;

    private static BlobEntry? OfFile(string path, string name)
    {
        try
        {
            var file = new FileInfo(path);
            var (written, length) = (file.LastWriteTimeUtc, file.Length);
            return new BlobEntry(name, FileVersion.ETag(written, length), length, written);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // "a-b" sorts before "a/b" because '-' sorts before '/', so folders are sorted by their name with the slash.
    private IEnumerable<BlobEntry> Below(string folder, string folderName)
    {
        var keys = Children(folder, folderName).Where(IsWanted).ToArray();
        cancellationToken.ThrowIfCancellationRequested();
        Array.Sort(keys, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (path, name) = (Path.Combine(folder, key[folderName.Length..]).TrimEnd('/'), key.TrimEnd('/'));
            switch (EntryKinds.Of(path))
            {
                // A link to a folder also has a key that ends with '/'.
                case EntryKind.Link:
                    Skip(name, EntryKind.Link);
                    break;
                case EntryKind.Special:
                    Skip(name, EntryKind.Special);
                    break;
                case EntryKind.Folder:
                    foreach (var entry in Below(path, name + "/")) yield return entry;
                    break;
                case EntryKind.File:
                    if (OfFile(path, name) is { } file) yield return file;
                    break;
            }
        }
    }

    private void Skip(string name, EntryKind kind)
    {
        _skippedNow.Add(name);
        skipped.Add(name, kind);
    }

    /// <summary>For a folder: whether it can contain wanted names.</summary>
    private bool IsWanted(string key)
    {
        var isFolder = key[^1] == '/';
        return (key.StartsWith(prefix, StringComparison.Ordinal) || (isFolder && prefix.StartsWith(key, StringComparison.Ordinal)))
            && (string.CompareOrdinal(key, from) >= 0 || (isFolder && from.StartsWith(key, StringComparison.Ordinal)));
    }

    private List<string> Children(string folder, string folderName)
    {
        try
        {
            return [.. new FileSystemEnumerable<string>(
                folder, (ref entry) => string.Concat(folderName, entry.FileName, entry.IsDirectory ? "/" : ""), All)
            {
                ShouldIncludePredicate = (ref entry) => !cancellationToken.IsCancellationRequested && entry.FileName[0] != '.',
            }];
        }
        catch (Exception e) when (e is DirectoryNotFoundException || (e is IOException && File.Exists(folder.TrimEnd('/'))))
        {
            return [];
        }
    }
}
