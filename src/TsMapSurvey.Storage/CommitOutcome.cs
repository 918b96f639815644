namespace TsMapSurvey.Storage;

/// <summary>How a commit ended; an exception instead means that its outcome is unknown.</summary>
public enum CommitOutcome
{
    /// <summary>The manifest in the store is ours.</summary>
    Committed,

    /// <summary>Another writer's manifest is in the store: whoever tried is stale and has to start again from what was found.</summary>
    LostRace,
}
