namespace TsMapSurvey.Grains;

/// <summary>
/// The silo's budgets. Who holds memory of one may wait for memory of a later one only, so that nobody waits for himself: jobs, work,
/// stacks.
/// </summary>
public sealed class SiloMemory(GrainOptions options)
{
    /// <summary>
    /// Uploaded datasets, and what is computed of them. Of their own: a job that is paused for a tile's map must not keep it from
    /// beginning.
    /// </summary>
    public MemoryBudget Jobs { get; } = new(options.JobBytes);

    /// <summary>Maps, exports, mosaics, pictures and what is decoded for answers.</summary>
    public MemoryBudget Work { get; } = new(long.Max(options.WorkBytes, options.TileBytes));

    /// <summary>Stacks that tiles change or read right now.</summary>
    public MemoryBudget Stacks { get; } = new(long.Max(options.StackBytes, options.TileBytes));
}
