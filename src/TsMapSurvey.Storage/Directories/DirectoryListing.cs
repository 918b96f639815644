namespace TsMapSurvey.Storage.Directories;

/// <summary>Files below a folder as blobs in ordinal order of their names, one folder in memory at a time.</summary>
internal static class DirectoryListing
{
    public static IEnumerable<BlobEntry> Of(string root, string prefix)
    {
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        return Below(new DirectoryInfo(Path.Combine(root, folder)), folder, prefix);
    }

    /// <summary>Null for a file that is gone. Of a link, what it points to.</summary>
    public static BlobEntry? Entry(FileInfo file, string name)
    {
        if (file.LinkTarget is not null) file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
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
    private static IEnumerable<BlobEntry> Below(DirectoryInfo folder, string folderName, string prefix)
    {
        var children = Children(folder)
            .Where(child => !child.Name.StartsWith('.'))
            .Select(child => (Key: folderName + child.Name + (child is DirectoryInfo ? "/" : ""), Info: child))
            .Where(child => child.Key.StartsWith(prefix, StringComparison.Ordinal) || (child.Info is DirectoryInfo && prefix.StartsWith(child.Key, StringComparison.Ordinal)))
            .OrderBy(child => child.Key, StringComparer.Ordinal);
        foreach (var (key, info) in children)
        {
            if (info is DirectoryInfo below)
            {
                foreach (var entry in Below(below, key, prefix)) yield return entry;
            }
            else if (Entry((FileInfo)info, key) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private static FileSystemInfo[] Children(DirectoryInfo folder)
    {
        try
        {
            return folder.GetFileSystemInfos();
        }
        catch (Exception e) when (e is DirectoryNotFoundException || (e is IOException && File.Exists(folder.FullName.TrimEnd('/'))))
        {
            return [];
        }
    }
}
