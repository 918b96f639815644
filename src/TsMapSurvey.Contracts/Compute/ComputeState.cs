namespace TsMapSurvey.Contracts;

/// <summary>How far a job is.</summary>
public enum ComputeState
{
    /// <summary>Waits for its datasets and its start.</summary>
    Receiving,
    Computing,

    /// <summary>The maps can be fetched.</summary>
    Done,

    /// <summary>There will be no maps; the reason says why.</summary>
    Failed,
}
