namespace TsMapSurvey.Likelihood.Tests;

/// <summary>Entries in the order that a block with <see cref="CashBlock{T}.Ends"/> has them.</summary>
internal static class CountClasses
{
    private const int Count = 8;

    /// <summary>Those with n = 1 to 8 first, and where each class ends.</summary>
    public static (int[] Sorted, int[] Ends) Sort(int[] entries, double[] counts)
    {
        int Class(int i) => counts[i] is >= 1 and <= Count && counts[i] == Math.Floor(counts[i]) ? (int)counts[i] - 1 : Count;
        return ([.. entries.OrderBy(Class)], [.. Enumerable.Range(0, Count).Select(k => entries.Count(i => Class(i) <= k))]);
    }
}
