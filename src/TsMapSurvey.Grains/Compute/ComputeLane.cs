namespace TsMapSurvey.Grains.Compute;

/// <summary>A kind of work with its own queue, so that a download does not wait for a map.</summary>
public enum ComputeLane
{
    /// <summary>Maps of tiles.</summary>
    Maps,

    /// <summary>Row blocks of jobs: they run only while no tile's map waits or is computed.</summary>
    Jobs,
    Exports,

    /// <summary>
    /// Stacks that are published with their maps. A lane of its own, because their memory is admitted before they wait for it.
    /// </summary>
    PointStacks,

    /// <summary>Pictures of the sky in a HiPS.</summary>
    Pictures,

    /// <summary>Fits of single pixels for answers.</summary>
    Points,
}
