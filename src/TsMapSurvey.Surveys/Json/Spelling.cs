namespace TsMapSurvey.Surveys.Json;

internal static class Spelling
{
    /// <summary>
    /// The known word with the smallest edit distance, which is not case-sensitive, if at most two letters or a third of them differ;
    /// otherwise null.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> known) => word.Length > 64 ? null : known
        .Select(candidate => (candidate, distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
        .Where(pair => pair.distance < word.Length && pair.distance <= Math.Max(2, pair.candidate.Length / 3))
        .OrderBy(pair => pair.distance).Select(pair => pair.candidate).FirstOrDefault();

    // Levenshtein 1966, by rows: costs[j] is the distance between the first i letters of a and the first j letters of b.
    private static int Distance(string a, string b)
    {
        var costs = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(replaced, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return costs[b.Length];
    }
}
