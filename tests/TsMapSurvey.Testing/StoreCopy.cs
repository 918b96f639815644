namespace TsMapSurvey.Testing;

/// <summary>A folder store that was made once and is copied for each test that changes it.</summary>
public static class StoreCopy
{
    /// <summary>What processes keep for themselves: some of it is locked as long as the store is open.</summary>
    private const string HiddenFolder = ".tsmap";

    /// <summary>Files keep their times: they are what a folder store tells versions by.</summary>
    public static void Make(string store, string copy)
    {
        foreach (var file in Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(store, file);
            if (name.StartsWith(HiddenFolder, StringComparison.Ordinal)) continue;
            var other = Path.Combine(copy, name);
            Directory.CreateDirectory(Path.GetDirectoryName(other)!);
            File.Copy(file, other);
            File.SetLastWriteTimeUtc(other, File.GetLastWriteTimeUtc(file));
        }
    }
}
