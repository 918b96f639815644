namespace TsMapSurvey.Storage.Documents;

/// <summary>The state of a job in its record, stored by name.</summary>
public enum JobState
{
    /// <summary>Waits for its datasets and its start.</summary>
    Receiving,
    Computing,

    /// <summary>The maps are stored.</summary>
    Done,

    /// <summary>There will be no maps; the reason says why.</summary>
    Failed,
}
