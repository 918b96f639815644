namespace TsMapSurvey.Cli.Terminal;

/// <summary>What somebody may have meant who typed a name that is not there.</summary>
internal static class NearestName
{
    /// <summary>The known name that fewest letters have to be changed for, added or taken away, at most a third of them; null where none is as near.</summary>
    public static string? Of(string found, IEnumerable<string> known)
    {
        var most = Math.Max(1, found.Length / 3);
        return known.Select(name => (Name: name, Distance: Distance(Letters(found), Letters(name)))).Where(one => one.Distance <= most)
            .OrderBy(one => one.Distance).ThenBy(one => one.Name, StringComparer.Ordinal).Select(one => one.Name).FirstOrDefault();
    }

    private static string Letters(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Levenshtein's.</summary>
    private static int Distance(string one, string other)
    {
        int[] before = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var now = new int[other.Length + 1];
            now[0] = i;
            for (var j = 1; j <= other.Length; j++)
                now[j] = Math.Min(Math.Min(before[j], now[j - 1]) + 1, before[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
            before = now;
        }

        return before[^1];
    }
}
