namespace TsMapSurvey.Grains;

/// <summary>
/// The silo's memory budgets. To avoid deadlocks, a holder of one budget may wait only for a later one in this order: Jobs, Work, Stacks.
/// </summary>
public sealed class SiloMemory(GrainOptions options)
{
    /// <summary>
    /// Uploaded datasets and the estimator's arrays. A budget of its own, because a job that is paused for a tile's map must not block that
    /// map.
    /// </summary>
    public MemoryBudget Jobs { get; } = new(options.JobBytes);

    /// <summary>Maps, exports, mosaics, pictures and decoded files of responses.</summary>
    public MemoryBudget Work { get; } = new(long.Max(options.WorkBytes, options.TileBytes));

    /// <summary>Stacks in use.</summary>
    public MemoryBudget Stacks { get; } = new(long.Max(options.StackBytes, options.TileBytes));
}
