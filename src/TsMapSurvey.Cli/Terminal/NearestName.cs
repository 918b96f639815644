namespace TsMapSurvey.Cli.Terminal;

/// <summary>Suggests a known name for a mistyped one.</summary>
internal static class NearestName
{
    /// <summary>
    /// The known name at the smallest edit distance, without regard to case and underscores; null where all are further away than a third
    /// of the letters.
    /// </summary>
    public static string? Of(string found, IEnumerable<string> known)
    {
        var limit = Math.Max(1, found.Length / 3);
        return known.Select(name => (Name: name, Distance: Distance(Letters(found), Letters(name)))).Where(near => near.Distance <= limit)
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal).Select(near => near.Name).FirstOrDefault();
    }

    private static string Letters(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Levenshtein's distance, where two swapped neighbours count as one change (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var steps = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }

                var changed = steps[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                steps[i, j] = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, changed);
                var isExchanged = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                if (isExchanged) steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
            }
        }

        return steps[one.Length, other.Length];
    }
}
