namespace TsMapSurvey.Server.Settings;

/// <summary>Default memory budgets, as fractions of the memory of the machine or container.</summary>
internal static class MemoryShares
{
    public const string Eighth = "an eighth of the memory, at most 256 MiB";
    public const string Quarter = "a quarter of the memory, at most 1 GiB";
    public const string QuarterOfWork = "a quarter of the memory, at most 2 GiB";
    public const string Third = "a third of the memory, at most 4 GiB";

    /// <summary>The smallest budget. A tile's stack should fit into it.</summary>
    public const long Min = 1L << 20;

    /// <summary>The process's memory divided by <paramref name="parts"/>, at most <paramref name="max"/>.</summary>
    public static long Of(int parts, long max) => long.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / parts, Min, max);
}
