namespace TsMapSurvey.Events.Reading;

/// <summary>Paths of an index, which come from outside.</summary>
internal static class RelativePath
{
    /// <summary>A path below the root, with / between names; null if it is absolute, empty, or leaves the root.</summary>
    /// <param name="folder">The folder that the path is relative to, below the root; empty for the root itself.</param>
    public static string? Resolve(string folder, string path)
    {
        if (path.Length == 0 || path[0] is '/' or '\\' || path.Contains('\\', StringComparison.Ordinal)
            || path.Contains(':', StringComparison.Ordinal) || path.Any(char.IsControl)) return null;
        var names = new List<string>();
        foreach (var name in $"{folder}/{path}".Split('/'))
        {
            if (name is "" or ".") continue;
            if (name != "..") names.Add(name);
            else if (names.Count == 0) return null;
            else names.RemoveAt(names.Count - 1);
        }

        return names.Count == 0 ? null : string.Join('/', names);
    }
}
