namespace TsMapSurvey.Likelihood.Tests;

/// <summary>Sorts entries as <see cref="CashBlock{T}.Ends"/> requires.</summary>
internal static class CountClasses
{
    private const int Count = 8;

    /// <summary>Puts the entries with n = 1 to 8 first and returns the end of each class.</summary>
    public static (int[] Sorted, int[] Ends) Sort(int[] entries, double[] counts)
    {
        int Class(int i) => counts[i] is >= 1 and <= Count && counts[i] == Math.Floor(counts[i]) ? (int)counts[i] - 1 : Count;
        return ([.. entries.OrderBy(Class)], [.. Enumerable.Range(0, Count).Select(k => entries.Count(i => Class(i) <= k))]);
    }
}
