namespace TsMapSurvey.Server.Settings;

/// <summary>Budgets that fit the machine or the container that the process runs in.</summary>
internal static class MemoryShares
{
    public const string Eighth = "an eighth of the memory, at most 256 MiB";
    public const string Quarter = "a quarter of the memory, at most 1 GiB";
    public const string QuarterOfWork = "a quarter of the memory, at most 2 GiB";
    public const string Third = "a third of the memory, at most 4 GiB";

    /// <summary>What no budget is less than: a tile's stack should fit.</summary>
    public const long Least = 1L << 20;

    /// <summary>One part of so many of the process's memory, and not more than a budget for large machines.</summary>
    public static long Of(int parts, long most) => long.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / parts, Least, most);
}
