namespace TsMapSurvey.Contracts;

/// <summary>The state of a job.</summary>
public enum ComputeState
{
    /// <summary>The job waits for its datasets to be uploaded and for its start.</summary>
    Receiving,
    Computing,

    /// <summary>The maps can be fetched.</summary>
    Done,

    /// <summary>The job has no maps; its status has the reason.</summary>
    Failed,
}
