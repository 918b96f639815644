using System.IO.Enumeration;

namespace TsMapSurvey.Storage.Directories;

/// <summary>Files below a folder as blobs in ordinal order of their names, one folder in memory at a time.</summary>
internal static class DirectoryListing
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = default, IgnoreInaccessible = false };

    /// <param name="from">Names before this one are passed over; a file is looked at only when it is given out.</param>
    public static IEnumerable<BlobEntry> Of(string root, string prefix, string from)
    {
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        return Below(Path.Combine(root, folder), folder, prefix, from);
    }

    /// <summary>Null for a file that is gone. Of a link, what it points to.</summary>
    public static BlobEntry? Entry(FileInfo file, string name)
    {
        if (file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.LinkTarget is not null) file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        try
        {
            var (written, length) = (file.LastWriteTimeUtc, file.Length);
            return new BlobEntry(name, FileVersion.ETag(written, length), length, written);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // "a-b" comes before "a/b", since '-' comes before '/': folders are sorted by their name with the slash.
    private static IEnumerable<BlobEntry> Below(string folder, string folderName, string prefix, string from)
    {
        var keys = Children(folder, folderName).Where(key => IsWanted(key, prefix, from)).ToArray();
        Array.Sort(keys, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var path = Path.Combine(folder, key[folderName.Length..]);
            if (key[^1] == '/')
            {
                foreach (var entry in Below(path, key, prefix, from)) yield return entry;
            }
            else if (Entry(new FileInfo(path), key) is { } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Of a folder: whether it may hold what is.</summary>
    private static bool IsWanted(string key, string prefix, string from)
    {
        var isFolder = key[^1] == '/';
        return (key.StartsWith(prefix, StringComparison.Ordinal) || (isFolder && prefix.StartsWith(key, StringComparison.Ordinal)))
            && (string.CompareOrdinal(key, from) >= 0 || (isFolder && from.StartsWith(key, StringComparison.Ordinal)));
    }

    private static List<string> Children(string folder, string folderName)
    {
        try
        {
            return [.. new FileSystemEnumerable<string>(folder, (ref entry) => string.Concat(folderName, entry.FileName, entry.IsDirectory ? "/" : ""), All)
            {
                ShouldIncludePredicate = (ref entry) => entry.FileName[0] != '.',
            }];
        }
        catch (Exception e) when (e is DirectoryNotFoundException || (e is IOException && File.Exists(folder.TrimEnd('/'))))
        {
            return [];
        }
    }
}
