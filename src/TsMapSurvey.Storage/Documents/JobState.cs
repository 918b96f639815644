namespace TsMapSurvey.Storage.Documents;

/// <summary>A job's state in its record, stored by name.</summary>
public enum JobState
{
    /// <summary>Waits for its datasets and for its start.</summary>
    Receiving,
    Computing,

    /// <summary>The maps are stored.</summary>
    Done,

    /// <summary>There will be no maps; <see cref="ComputeRecord.Reason"/> says why.</summary>
    Failed,
}
