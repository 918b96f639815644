namespace TsMapSurvey.Server.Settings;

/// <summary>Budgets that fit the machine or the container that the process runs in.</summary>
internal static class MemoryShares
{
    /// <summary>What no budget is less than: a tile's stack should fit.</summary>
    public const long Least = 1L << 20;

    /// <summary>One part of so many of the process's memory, and not more than a budget for large machines.</summary>
    public static long Of(int parts, long most) => long.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / parts, Least, most);
}
